package io.github.connectionguard.session;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for sessions whose time is limited to a second.
 */
@Tag("extended")
class SessionTimeoutTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void statementAfterTheTimeFailsAndNothingIsKept(SessionMode mode) {
		run(mode, (context) -> {
			assertThatExceptionOfType(TransactionTimedOutException.class).isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				throw refused(context);
			}));
			assertThat(this.table.names()).isEmpty();
			scope(context).run(() -> insert(context, "next"));
			assertThat(this.table.names()).containsExactly("next");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void refusalThatIsCaughtIsToldAtTheEnd(SessionMode mode) {
		run(mode, (context) -> {
			assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				refused(context);
			})).withMessageContaining((mode == SessionMode.UNIT) ? "connection-guard.session.timeout" : "out of time");
			assertThat(this.table.names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void statementUnderWayIsCancelled(SessionMode mode) {
		run(mode, (context) -> {
			long begin = System.nanoTime();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> scope(context).run(() -> {
				insert(context, "a");
				context.getBean(JdbcTemplate.class).queryForList("SELECT COUNT(*) FROM line WHERE SLEEP(30) = 0");
			}));
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "UNIT", "TRANSACTION" })
	void timeGoesOnAfterTheResponse(SessionMode mode) {
		run(mode, (context) -> {
			RequestSession request = context.getBean(Sessions.class).begin();
			assertThat(request).isNotNull();
			insert(context, "a");
			Awaitility.await().pollInSameThread().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			request.beforeResponse(200);
			assertThatExceptionOfType(TransactionTimedOutException.class).isThrownBy(() -> insert(context, "b"));
			request.failed(new IllegalStateException());
			request.end(200, false);
			assertThat(this.table.names()).containsExactly("a");
		});
	}

	@Test
	void timeGoesOnAfterATransaction() {
		run(SessionMode.UNIT, (context) -> {
			assertThatExceptionOfType(TransactionTimedOutException.class).isThrownBy(() -> scope(context).run(() -> {
				transaction(context, 30).executeWithoutResult((status) -> insert(context, "kept"));
				throw refused(context);
			})).withMessageContaining("connection-guard.session.timeout");
			assertThat(this.table.names()).containsExactly("kept");
		});
	}

	@Test
	void transactionCannotTakeMoreTime() {
		run(SessionMode.UNIT, (context) -> {
			assertThatExceptionOfType(TransactionTimedOutException.class)
				.isThrownBy(() -> scope(context).run(() -> transaction(context, 30).executeWithoutResult((status) -> {
					insert(context, "a");
					throw refused(context);
				})));
			assertThat(this.table.names()).isEmpty();
		});
	}

	@Test
	void transactionCanTakeLessTime() {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.timeout=30")
			.run((context) -> {
				scope(context).run(() -> {
					assertThatExceptionOfType(TransactionTimedOutException.class)
						.isThrownBy(() -> transaction(context, 1).executeWithoutResult((status) -> {
							throw refused(context);
						}))
						.withMessageNotContaining("connection-guard");
					insert(context, "after");
				});
				assertThat(this.table.names()).containsExactly("after");
			});
	}

	/**
	 * Run statements until one is refused.
	 */
	private static TransactionTimedOutException refused(AssertableApplicationContext context) {
		return Awaitility.await().pollInSameThread().until(() -> {
			try {
				insert(context, "early");
				return null;
			}
			catch (TransactionTimedOutException ex) {
				return ex;
			}
		}, (refused) -> refused != null);
	}

	private void run(SessionMode mode, ContextConsumer<AssertableApplicationContext> test) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.mode=" + mode,
					"connection-guard.session.timeout=1")
			.run((context) -> {
				test.accept(context);
				assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections())
					.isZero();
			});
	}

	private static DatabaseSessionScope scope(AssertableApplicationContext context) {
		return context.getBean(DatabaseSessionScope.class);
	}

	private static TransactionTemplate transaction(AssertableApplicationContext context, int timeout) {
		TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		template.setTimeout(timeout);
		return template;
	}

	private static void insert(AssertableApplicationContext context, String name) {
		context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES (?)", name);
	}

}
