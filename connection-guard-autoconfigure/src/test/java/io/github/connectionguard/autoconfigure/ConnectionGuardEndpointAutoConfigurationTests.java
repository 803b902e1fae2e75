package io.github.connectionguard.autoconfigure;

import java.security.Principal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.autoconfigure.endpoint.ConnectionGuardEndpointAutoConfiguration;
import io.github.connectionguard.endpoint.ConnectionDescriptor;
import io.github.connectionguard.endpoint.ConnectionGuardEndpoint;
import io.github.connectionguard.endpoint.ConnectionGuardEndpointWebExtension;
import io.github.connectionguard.endpoint.PoolDescriptor;
import io.github.connectionguard.endpoint.Verdict;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.AbstractListAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionGuardEndpointAutoConfiguration}.
 */
class ConnectionGuardEndpointAutoConfigurationTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=connectionguard";

	private static final String HIDDEN = SanitizableData.SANITIZED_VALUE;

	private final TestServer server = TestServer.shared();

	private final ApplicationContextRunner runner = GuardedApplication.on(this.server, this.server.createDatabase())
		.withConfiguration(AutoConfigurations.of(ConnectionGuardEndpointAutoConfiguration.class))
		.withPropertyValues("spring.datasource.hikari.maximum-pool-size=2");

	@Test
	void endpointIsThereWhereItIsExposed() {
		this.runner.withPropertyValues(EXPOSED)
			.run((context) -> assertThat(context).hasSingleBean(ConnectionGuardEndpoint.class)
				.hasSingleBean(ConnectionGuardEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereUnlessItIsExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ConnectionGuardEndpoint.class)
			.doesNotHaveBean(ConnectionGuardEndpointWebExtension.class));
	}

	@Test
	void endpointIsNotThereWithoutAccess() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.connectionguard.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(ConnectionGuardEndpoint.class));
	}

	@Test
	void endpointIsNotThereWithoutTheGuard() {
		this.runner.withPropertyValues(EXPOSED, "connection-guard.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionGuardEndpoint.class));
	}

	@Test
	void endpointIsNotThereWithoutBootsActuator() {
		this.runner.withPropertyValues(EXPOSED)
			.withClassLoader(new FilteredClassLoader(Endpoint.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("connectionGuardEndpoint")
				.doesNotHaveBean("connectionGuardEndpointWebExtension"));
	}

	@Test
	void valuesAreShownToNobodyUnlessAskedFor() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			GuardedApplication.openPool(context);
			try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
				assertThat(held.isClosed()).isFalse();
				PoolDescriptor pool = Objects
					.requireNonNull(context.getBean(ConnectionGuardEndpoint.class).pool("dataSource"));
				assertThat(pool.server().address()).isEqualTo(HIDDEN);
				assertThatHoldersOf(pool).contains(HIDDEN).doesNotContain(Thread.currentThread().getName());
				assertThatHoldersOf(asked(context, new Caller("ops"))).contains(HIDDEN);
			}
		});
	}

	@Test
	void valuesAreShownToThoseWhoHaveTheRole() {
		this.runner
			.withPropertyValues(EXPOSED, "management.endpoint.connectionguard.show-values=when-authorized",
					"management.endpoint.connectionguard.roles=ops")
			.run((context) -> {
				GuardedApplication.openPool(context);
				try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
					assertThat(held.isClosed()).isFalse();
					assertThatHoldersOf(asked(context, new Caller("ops"))).contains(Thread.currentThread().getName());
					assertThatHoldersOf(asked(context, new Caller("guest"))).contains(HIDDEN);
					assertThatHoldersOf(asked(context, SecurityContext.NONE)).contains(HIDDEN);
				}
			});
	}

	@Test
	void sanitizingFunctionHidesWhatIsShownElse() {
		this.runner.withPropertyValues(EXPOSED, "management.endpoint.connectionguard.show-values=always")
			.withBean(SanitizingFunction.class, () -> SanitizingFunction.sanitizeValue().ifKeyEquals("address"))
			.run((context) -> {
				GuardedApplication.openPool(context);
				try (Connection held = context.getBean(HikariDataSource.class).getConnection()) {
					assertThat(held.isClosed()).isFalse();
					PoolDescriptor pool = asked(context, SecurityContext.NONE);
					assertThatHoldersOf(pool).contains(Thread.currentThread().getName());
					assertThat(pool.server().address()).isEqualTo(HIDDEN);
				}
			});
	}

	@Test
	void poolThatRanBeforeIsToldWithWhatIsKnown() {
		this.runner.withPropertyValues(EXPOSED)
			.withBean("dataSource", HikariDataSource.class, this::startedPool)
			.run((context) -> Awaitility.await().untilAsserted(() -> {
				PoolDescriptor pool = asked(context, SecurityContext.NONE);
				assertThat(pool.guarded()).isFalse();
				assertThat(pool.verdict().status()).isEqualTo(Verdict.Status.NOT_GUARDED);
				assertThat(pool.counters().maximum()).isEqualTo(2);
				assertThat(pool.server().waitTimeout()).isNotNull();
				assertThat(pool.settings().idleLimit().effective()).isNotNull();
				assertThat(pool.connections()).isNull();
			}));
	}

	private HikariDataSource startedPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.server.jdbcUrl(""));
		pool.setUsername(this.server.username());
		pool.setPassword(this.server.password());
		pool.setMaximumPoolSize(2);
		try (Connection connection = pool.getConnection()) {
			assertThat(connection.isClosed()).isFalse();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return pool;
	}

	private static PoolDescriptor asked(ApplicationContext context, SecurityContext caller) {
		return (PoolDescriptor) Objects.requireNonNull(
				context.getBean(ConnectionGuardEndpointWebExtension.class).pool(caller, "dataSource").getBody());
	}

	private static AbstractListAssert<?, ?, Object, ?> assertThatHoldersOf(PoolDescriptor pool) {
		return assertThat(pool.connections()).<Object>extracting(ConnectionDescriptor::holder);
	}

	/**
	 * Somebody who has a role.
	 *
	 * @param role the role
	 */
	private record Caller(String role) implements SecurityContext {

		@Override
		public Principal getPrincipal() {
			return () -> "somebody";
		}

		@Override
		public boolean isUserInRole(String asked) {
			return asked.equals(this.role);
		}

	}

}
