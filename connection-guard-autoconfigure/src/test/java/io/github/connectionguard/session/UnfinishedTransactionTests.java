package io.github.connectionguard.session;

import java.sql.Connection;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.LineTable;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for transactions that were begun in a session and never completed.
 */
class UnfinishedTransactionTests {

	private final TestServer server = TestServer.shared();

	private final String database = this.server.createDatabase();

	private final LineTable table = LineTable.create(this.server, this.database);

	@ParameterizedTest
	@CsvSource({ "unit, false", "unit, true", "backstop, false", "backstop, true" })
	void threadIsCleanAndTheWorkIsEnded(String mode, boolean handedOn) {
		GuardedApplication.on(this.server, this.database)
			.withPropertyValues("connection-guard.eager=false", "connection-guard.session.mode=" + mode)
			.run((context) -> {
				RequestSession request = context.getBean(Sessions.class).begin();
				assertThat(request).isNotNull();
				context.getBean(PlatformTransactionManager.class).getTransaction(null);
				context.getBean(JdbcTemplate.class).update("INSERT INTO line VALUES ('a')");
				request.end(200, handedOn);
				assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
				assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
				assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
				request.endHandedOn();
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
				assertThat(this.table.count()).isOne();
			});
	}

	/**
	 * As in a listener for messages.
	 */
	@Test
	void scopeEndsWhatItLeftAlsoWhereOthersHaveBoundSomethingToTheThread() {
		GuardedApplication.on(this.server, this.database).run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			TransactionSynchronizationManager.bindResource("listener", new Object());
			try {
				context.getBean(DatabaseSessionScope.class).run(() -> {
					Connection left = pool.getConnection();
					left.setAutoCommit(false);
					left.createStatement().execute("INSERT INTO line VALUES ('a')");
				});
			}
			finally {
				TransactionSynchronizationManager.unbindResource("listener");
			}
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
			assertThat(this.table.count()).isOne();
		});
	}

}
