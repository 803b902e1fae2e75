package io.github.connectionguard.diagnosis;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.mysql.DriverUnderTest;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for connections that this end gives up itself, on a real server.
 */
@Tag("extended")
class OwnEndOnAServerTests {

	private static final String LONG = "SELECT SLEEP(5)";

	private final TestServer server = TestServer.shared();

	@ParameterizedTest
	@EnumSource
	void socketTimeoutIsTold(DriverUnderTest driver) {
		assertThat(loss(driver, "&socketTimeout=1000", OwnEndOnAServerTests::fails)).satisfies((loss) -> {
			assertThat(loss.cause()).isEqualTo(LossCause.TIMED_OUT);
			assertThat(loss.description())
				.startsWith("the driver gave up waiting for an answer after 1.0 s, as the driver's socketTimeout says");
		});
	}

	@ParameterizedTest
	@EnumSource
	void networkTimeoutIsTold(DriverUnderTest driver) {
		assertThat(loss(driver, "&socketTimeout=30000", (connection) -> {
			connection.setNetworkTimeout(Runnable::run, 500);
			fails(connection);
		})).satisfies((loss) -> {
			assertThat(loss.cause()).isEqualTo(LossCause.TIMED_OUT);
			assertThat(loss.description()).startsWith("the driver gave up waiting for an answer after 0.5 s, as its "
					+ "network timeout (Connection.setNetworkTimeout) says");
		});
	}

	@ParameterizedTest
	@EnumSource
	void networkTimeoutWhileRowsAreReadIsTold(DriverUnderTest driver) {
		assertThat(loss(driver, "", (connection) -> {
			connection.setNetworkTimeout(Runnable::run, 500);
			failsWithin(
					() -> readSlowRows(connection, (driver == DriverUnderTest.CONNECTOR_J) ? Integer.MIN_VALUE : 1));
		})).satisfies((loss) -> {
			assertThat(loss.cause()).isEqualTo(LossCause.TIMED_OUT);
			assertThat(loss.description()).contains("after 0.5 s", "setNetworkTimeout");
		});
	}

	@ParameterizedTest
	@EnumSource
	void abortOfAnIdleConnectionIsTold(DriverUnderTest driver) {
		assertThat(loss(driver, "", (connection) -> {
			connection.abort(Runnable::run);
			fails(connection);
		})).satisfies(OwnEndOnAServerTests::isAbort);
	}

	@ParameterizedTest
	@EnumSource
	void abortOfARunningStatementIsTold(DriverUnderTest driver) {
		assertThat(loss(driver, "", (connection) -> {
			CompletableFuture<Void> running = CompletableFuture.runAsync(() -> fails(connection));
			awaitStatement();
			connection.abort(Runnable::run);
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> {
				running.join();
				throw new CompletionException("failed as it should", null);
			}).withMessage("failed as it should");
		})).satisfies(OwnEndOnAServerTests::isAbort);
	}

	private static void isAbort(Loss loss) {
		assertThat(loss.cause()).isEqualTo(LossCause.ABORTED);
		assertThat(loss.description()).startsWith("this application aborted it (Connection.abort)");
	}

	private void awaitStatement() {
		Awaitility.await().until(() -> {
			try (Connection other = this.server.connect("");
					Statement statement = other.createStatement();
					ResultSet row = statement.executeQuery(
							"SELECT COUNT(*) FROM information_schema.processlist WHERE info = '" + LONG + "'")) {
				return row.next() && row.getInt(1) > 0;
			}
		});
	}

	private static void readSlowRows(Connection connection, int fetchSize) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT REPEAT('x', 65536), SLEEP(IF(seq < 40, 0, 5)) FROM (" + numbers(50) + ") n")) {
			statement.setFetchSize(fetchSize);
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					rows.getString(1);
				}
			}
		}
	}

	private static String numbers(int count) {
		StringBuilder sql = new StringBuilder("SELECT 1 AS seq");
		for (int i = 2; i <= count; i++) {
			sql.append(" UNION ALL SELECT ").append(i);
		}
		return sql.toString();
	}

	private static void fails(Connection connection) {
		failsWithin(() -> {
			try (Statement statement = connection.createStatement()) {
				statement.execute(LONG);
			}
		});
	}

	private static void failsWithin(ThrowingCallable call) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(call);
	}

	/**
	 * Use one connection and give it back.
	 * @return the loss that is told
	 */
	private Loss loss(DriverUnderTest driver, String parameters, Use use) {
		String database = this.server.createDatabase();
		try (ConfigurableApplicationContext application = GuardedApplication.start(this.server, database,
				"spring.datasource.url=" + driver.url(this.server.host(), this.server.port(), database) + parameters,
				"spring.datasource.hikari.maximum-pool-size=1")) {
			GuardedPool pool = GuardedApplication.openPool(application);
			try (Connection connection = application.getBean(HikariDataSource.class).getConnection()) {
				use.run(connection);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			Awaitility.await().until(() -> pool.report().lastLoss() != null);
			Loss loss = pool.report().lastLoss();
			assertThat(loss).isNotNull();
			return loss;
		}
	}

	/**
	 * What is done with a connection.
	 */
	@FunctionalInterface
	private interface Use {

		void run(Connection connection) throws SQLException;

	}

}
