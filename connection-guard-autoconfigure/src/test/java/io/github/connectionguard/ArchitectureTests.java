package io.github.connectionguard;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Async;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Which package may know what.
 */
@AnalyzeClasses(packages = "io.github.connectionguard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.github.connectionguard";

	@ArchTest
	final ArchRule packagesAreFreeOfCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule packagesKnowOnlyThoseAboveThem = Architectures.layeredArchitecture()
		.consideringOnlyDependenciesInAnyPackage(ROOT + "..")
		.layer("lifetime")
		.definedBy(ROOT + ".lifetime")
		.layer("diagnosis")
		.definedBy(ROOT + ".diagnosis")
		.layer("mysql")
		.definedBy(ROOT + ".mysql")
		.layer("transaction")
		.definedBy(ROOT + ".transaction")
		.layer("statement")
		.definedBy(ROOT + ".statement")
		.layer("driver")
		.definedBy(ROOT + ".driver")
		.layer("event")
		.definedBy(ROOT + ".event")
		.layer("report")
		.definedBy(ROOT + ".report")
		.layer("advice")
		.definedBy(ROOT + ".advice")
		.layer("samples")
		.definedBy(ROOT + ".samples")
		.layer("outcome")
		.definedBy(ROOT + ".outcome")
		.layer("fleet")
		.definedBy(ROOT + ".fleet")
		.layer("connection")
		.definedBy(ROOT + ".connection")
		.layer("hikari")
		.definedBy(ROOT + ".hikari")
		.layer("watch")
		.definedBy(ROOT + ".watch")
		.layer("keepalive")
		.definedBy(ROOT + ".keepalive")
		.layer("root")
		.definedBy(ROOT)
		.layer("datasource")
		.definedBy(ROOT + ".datasource")
		.layer("unit")
		.definedBy(ROOT + ".unit")
		.layer("session")
		.definedBy(ROOT + ".session")
		.layer("web")
		.definedBy(ROOT + ".web")
		.layer("health")
		.definedBy(ROOT + ".health")
		.layer("metrics")
		.definedBy(ROOT + ".metrics")
		.layer("endpoint.page")
		.definedBy(ROOT + ".endpoint.page")
		.layer("endpoint")
		.definedBy(ROOT + ".endpoint")
		.layer("endpoint.detail")
		.definedBy(ROOT + ".endpoint.detail")
		.layer("autoconfigure")
		.definedBy(ROOT + ".autoconfigure..")
		.whereLayer("lifetime")
		.mayNotAccessAnyLayer()
		.whereLayer("diagnosis")
		.mayNotAccessAnyLayer()
		.whereLayer("mysql")
		.mayOnlyAccessLayers("lifetime")
		.whereLayer("transaction")
		.mayOnlyAccessLayers("mysql")
		.whereLayer("statement")
		.mayOnlyAccessLayers("mysql")
		.whereLayer("driver")
		.mayOnlyAccessLayers("mysql")
		.whereLayer("event")
		.mayOnlyAccessLayers("lifetime", "diagnosis")
		.whereLayer("report")
		.mayOnlyAccessLayers("lifetime", "diagnosis")
		.whereLayer("advice")
		.mayOnlyAccessLayers("lifetime", "mysql")
		.whereLayer("samples")
		.mayNotAccessAnyLayer()
		.whereLayer("outcome")
		.mayNotAccessAnyLayer()
		.whereLayer("fleet")
		.mayOnlyAccessLayers("mysql", "report", "advice")
		.whereLayer("connection")
		.mayOnlyAccessLayers("lifetime", "diagnosis", "mysql", "transaction", "statement", "driver", "report")
		.whereLayer("hikari")
		.mayOnlyAccessLayers("lifetime", "diagnosis", "mysql", "transaction", "driver", "event", "report", "advice",
				"samples", "outcome", "fleet", "connection")
		.whereLayer("watch")
		.mayOnlyAccessLayers("lifetime", "diagnosis", "mysql", "driver", "event", "report", "advice", "connection",
				"hikari")
		.whereLayer("keepalive")
		.mayOnlyAccessLayers("lifetime", "driver", "connection", "hikari")
		.whereLayer("root")
		.mayOnlyAccessLayers("lifetime", "event", "hikari", "watch", "keepalive")
		.whereLayer("datasource")
		.mayOnlyAccessLayers("hikari")
		.whereLayer("unit")
		.mayOnlyAccessLayers("transaction", "statement", "outcome", "connection", "hikari")
		.whereLayer("session")
		.mayOnlyAccessLayers("advice", "outcome", "unit", "connection", "hikari", "datasource")
		.whereLayer("web")
		.mayOnlyAccessLayers("session")
		.whereLayer("health")
		.mayOnlyAccessLayers("lifetime", "report", "hikari")
		.whereLayer("metrics")
		.mayOnlyAccessLayers("lifetime", "diagnosis", "event", "report", "outcome", "hikari")
		.whereLayer("endpoint.detail")
		.mayOnlyAccessLayers("samples", "outcome")
		.whereLayer("endpoint.page")
		.mayNotAccessAnyLayer()
		.whereLayer("endpoint")
		.mayOnlyAccessLayers("lifetime", "diagnosis", "event", "report", "samples", "outcome", "hikari",
				"endpoint.detail", "endpoint.page")
		.whereLayer("autoconfigure")
		.mayNotBeAccessedByAnyLayer();

	@ArchTest
	final ArchRule decisionsKnowOnlyTheJdk = classes().that()
		.resideInAnyPackage(ROOT + ".lifetime", ROOT + ".diagnosis", ROOT + ".samples", ROOT + ".outcome")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(ROOT + ".lifetime", ROOT + ".diagnosis", ROOT + ".samples", ROOT + ".outcome",
				"java.lang..", "java.time..", "java.util..", "org.jspecify..");

	@ArchTest
	final ArchRule connectionsKnowJdbcAlone = classes().that()
		.resideInAnyPackage(ROOT + ".transaction", ROOT + ".statement", ROOT + ".connection")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage(ROOT + "..", "java..", "javax.sql..", "org.jspecify..");

	@ArchTest
	final ArchRule driversAreKnownInOnePlace = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".driver")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.mysql..", "org.mariadb..");

	@ArchTest
	final ArchRule hikariIsKnownInOnePlace = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".hikari", ROOT + ".datasource")
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.and()
		.doNotHaveFullyQualifiedName(ConnectionGuard.class.getName())
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.zaxxer..");

	/**
	 * The root and what it reaches runs where Spring is not on the class path. What of
	 * that knows the JDK or JDBC alone has rules of its own.
	 */
	@ArchTest
	final ArchRule guardIsFreeOfSpring = noClasses().that()
		.resideInAnyPackage(ROOT, ROOT + ".event", ROOT + ".report", ROOT + ".advice", ROOT + ".fleet", ROOT + ".mysql",
				ROOT + ".driver", ROOT + ".hikari", ROOT + ".watch", ROOT + ".keepalive", ROOT + ".metrics")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	final ArchRule servletsAreKnownInOnePlace = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".web", ROOT + ".autoconfigure.web")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.web..");

	@ArchTest
	final ArchRule micrometerIsKnownInOnePlace = noClasses().that()
		.resideOutsideOfPackages(ROOT + ".metrics", ROOT + ".autoconfigure.metrics")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.micrometer..");

	@ArchTest
	final ArchRule autoConfigurationIsKnownToNobody = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.autoconfigure..",
				"org.springframework.boot.jdbc.autoconfigure..");

	@ArchTest
	final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL);

	@ArchTest
	final ArchRule beanMethodsAreNotPublic = noMethods().that().areAnnotatedWith(Bean.class).should().bePublic();

	@ArchTest
	final ArchRule beanPostProcessorsAreStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic();

	@ArchTest
	final ArchRule classConditionsStayOffBeanMethods = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.beAnnotatedWith(ConditionalOnClass.class);

	@ArchTest
	final ArchRule nothingIsInjectedIntoFields = noClasses().should()
		.dependOnClassesThat(DescribedPredicate.describe("are @Autowired",
				(type) -> type.getName().equals(Autowired.class.getName())));

	@ArchTest
	final ArchRule nothingIsScheduledForTheApplication = noClasses().should()
		.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework.scheduling..")
			.and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(Async.class))));

}
