package io.github.connectionguard.session;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;

import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AsyncMethodSessions}.
 */
class AsyncMethodSessionsTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@Test
	void workIsVisibleWhenTheFutureCompletes() {
		run((service) -> {
			for (int i = 1; i <= 20; i++) {
				service.insert("a").join();
				assertThat(this.table.names()).hasSize(i);
			}
		});
	}

	@Test
	void exceptionIsRolledBack() {
		run((service) -> {
			assertThat(service.insertAndThrow("a")).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(IllegalStateException.class);
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void exceptionOfAMethodThatReturnsNothingIsRolledBack() {
		run((service) -> {
			service.insertAndThrowInto("a");
			assertThat(service.thrown().join()).hasMessage("thrown");
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void futureThatFailedIsRolledBack() {
		run((service) -> {
			assertThat(service.insertAndFail("a")).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(IllegalStateException.class);
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void futureThatFailsLaterIsRolledBack() {
		run((service) -> {
			CompletableFuture<String> later = new CompletableFuture<>();
			CompletableFuture<String> result = service.insertAndReturn("a", later);
			assertThat(result).isNotDone();
			later.completeExceptionally(new IllegalStateException());
			assertThat(result).failsWithin(Duration.ofSeconds(10));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void commitThatFailsFailsTheFuture() {
		run((service) -> {
			assertThat(service.insertAndDie("a", this.server::execute)).failsWithin(Duration.ofSeconds(10));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void transactionalMethodEndsAsEver() {
		run((service) -> {
			service.insertInTransaction("a").join();
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void sessionOfTheCallerIsAnotherOne() {
		GuardedApplication.on(this.server, this.database).withUserConfiguration(Application.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(DatabaseSessionScope.class).run(() -> {
				context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES ('caller')");
				context.getBean(Service.class).insert("a").join();
				throw new IllegalStateException();
			}));
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void nothingHappensUnlessItIsDeclared() {
		GuardedApplication.on(this.server, this.database)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(DatabaseSessionScope.class)
				.doesNotHaveBean(AsyncMethodSessions.class));
	}

	private void run(Check check) {
		GuardedApplication.on(this.server, this.database).withUserConfiguration(Application.class).run((context) -> {
			assertThat(context).hasNotFailed();
			check.of(context.getBean(Service.class));
			assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isZero();
		});
	}

	@FunctionalInterface
	interface Check {

		void of(Service service) throws SQLException;

	}

	@FunctionalInterface
	interface Sql {

		void execute(String sql) throws SQLException;

	}

	static class Service {

		private final JdbcTemplate jdbc;

		private final CompletableFuture<Throwable> thrown;

		Service(JdbcTemplate jdbc, CompletableFuture<Throwable> thrown) {
			this.jdbc = jdbc;
			this.thrown = thrown;
		}

		CompletableFuture<Throwable> thrown() {
			return this.thrown;
		}

		@Async
		CompletableFuture<String> insert(String name) {
			return insertAndReturn(name, CompletableFuture.completedFuture(name));
		}

		@Async
		CompletableFuture<String> insertAndThrow(String name) {
			insertAndThrowInto(name);
			return CompletableFuture.completedFuture(name);
		}

		@Async
		void insertAndThrowInto(String name) {
			this.jdbc.update("INSERT INTO line VALUES (?)", name);
			throw new IllegalStateException("thrown");
		}

		@Async
		CompletableFuture<String> insertAndFail(String name) {
			return insertAndReturn(name, CompletableFuture.failedFuture(new IllegalStateException()));
		}

		@Async
		CompletableFuture<String> insertAndReturn(String name, CompletableFuture<String> result) {
			this.jdbc.update("INSERT INTO line VALUES (?)", name);
			return result;
		}

		@Async
		CompletableFuture<String> insertAndDie(String name, Sql sql) throws SQLException {
			this.jdbc.update("INSERT INTO line VALUES (?)", name);
			sql.execute("KILL " + this.jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class));
			return CompletableFuture.completedFuture(name);
		}

		@Async
		@Transactional
		CompletableFuture<String> insertInTransaction(String name) {
			return insert(name);
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class Application implements AsyncConfigurer {

		private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();

		@Bean
		static AsyncMethodSessions asyncMethodSessions(ObjectProvider<DatabaseSessionScope> scope) {
			return new AsyncMethodSessions(scope::getObject);
		}

		@Bean
		Service service(JdbcTemplate jdbc) {
			return new Service(jdbc, this.thrown);
		}

		@Override
		public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
			return (exception, method, arguments) -> this.thrown.complete(exception);
		}

	}

}
