package io.github.connectionguard.versions;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.connectionguard.ConnectionGuard;
import io.github.connectionguard.versions.Combination.Container;
import io.github.connectionguard.versions.application.VersionsApplication;

/**
 * What Maven makes of combinations of versions: the guard and the application are those
 * of this build, all else is what an application that asks for these versions gets.
 */
final class ClassPaths {

	private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

	private static final String OUTPUT = "class-path";

	private static final String PROJECT = """
			<project>
				<modelVersion>4.0.0</modelVersion>
				<groupId>combinations</groupId>
				<artifactId>%s</artifactId>
				<version>1</version>
				<packaging>%s</packaging>
				%s
			</project>
			""";

	private static final String DEPENDENCIES = """
			<dependencyManagement><dependencies>
				%s
				%s
				<dependency>
					<groupId>org.springframework.boot</groupId>
					<artifactId>spring-boot-dependencies</artifactId>
					<version>%s</version>
					<type>pom</type>
					<scope>import</scope>
				</dependency>
			</dependencies></dependencyManagement>
			<dependencies>
				%s
			</dependencies>
			""";

	private static final String DEPENDENCY = """
			<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s</dependency>
			""";

	private static final String BOOT = "org.springframework.boot";

	private static final String WITHOUT_TOMCAT = """
			<exclusions><exclusion>
				<groupId>org.springframework.boot</groupId>
				<artifactId>spring-boot-starter-tomcat</artifactId>
			</exclusion></exclusions>
			""";

	private ClassPaths() {
	}

	/**
	 * Resolve the class paths of several combinations at once.
	 * @param combinations the combinations
	 * @param folder an empty folder
	 * @return the class path of each
	 */
	static Map<Combination, String> resolve(List<Combination> combinations, Path folder) {
		try {
			for (int i = 0; i < combinations.size(); i++) {
				Path module = Files.createDirectory(folder.resolve(module(i)));
				Files.writeString(module.resolve("pom.xml"),
						PROJECT.formatted(module(i), "jar", dependencies(combinations.get(i))));
			}
			String modules = IntStream.range(0, combinations.size())
				.mapToObj((i) -> "<module>" + module(i) + "</module>")
				.collect(Collectors.joining("", "<modules>", "</modules>"));
			Files.writeString(folder.resolve("pom.xml"), PROJECT.formatted("all", "pom", modules));
			ChildProcess.run(maven(folder), folder.resolve("maven.log"));
			Map<Combination, String> classPaths = new LinkedHashMap<>();
			for (int i = 0; i < combinations.size(); i++) {
				classPaths.put(combinations.get(i), String.join(File.pathSeparator, home(VersionsApplication.class),
						home(ConnectionGuard.class), Files.readString(folder.resolve(module(i)).resolve(OUTPUT))));
			}
			return classPaths;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String module(int number) {
		return "combination-" + number;
	}

	private static String dependencies(Combination combination) {
		Combination.Product driver = combination.driver().product();
		List<String> dependencies = new ArrayList<>();
		dependencies.add(DEPENDENCY.formatted(BOOT, "spring-boot-starter-jdbc", ""));
		dependencies.add(DEPENDENCY.formatted(BOOT, "spring-boot-starter-actuator", ""));
		if (combination.container() == Container.JETTY) {
			dependencies.add(DEPENDENCY.formatted(BOOT, "spring-boot-starter-webmvc", WITHOUT_TOMCAT));
			dependencies.add(DEPENDENCY.formatted(BOOT, "spring-boot-starter-jetty", ""));
		}
		else {
			dependencies.add(DEPENDENCY.formatted(BOOT, "spring-boot-starter-webmvc", ""));
		}
		dependencies.add(DEPENDENCY.formatted(driver.group(), driver.artifact(), ""));
		return DEPENDENCIES.formatted(
				DEPENDENCY.formatted("com.zaxxer", "HikariCP", "<version>" + combination.hikari() + "</version>"),
				DEPENDENCY.formatted(driver.group(), driver.artifact(),
						"<version>" + combination.driver().version() + "</version>"),
				combination.boot(), String.join("\n", dependencies));
	}

	/**
	 * The Maven of this build, with its repository.
	 */
	private static ProcessBuilder maven(Path folder) {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
				"-B", "-ntp", "-f", folder.resolve("pom.xml").toString(), GOAL, "-Dmdep.outputFile=" + OUTPUT,
				"-Dmdep.includeScope=runtime", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		return builder;
	}

	private static String home(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
