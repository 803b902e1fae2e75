package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerSessionReader}.
 */
@Tag("extended")
class ServerSessionReaderTests {

	@ParameterizedTest
	@CsvSource({ "0, false", "1, true", "OFF, false", "ON, true", "NO_LOCK, true", "NO_LOCK_NO_ADMIN, true" })
	void readOnlyIsReadAsText(String value, boolean readOnly) {
		assertThat(ServerSessionReader.isReadOnly(value)).isEqualTo(readOnly);
	}

	@Test
	void readOnlyThatIsNotToldIsNotReadOnly() {
		assertThat(ServerSessionReader.isReadOnly(null)).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void serverTellsWhoseTheSessionIs(DriverUnderTest driver) throws SQLException {
		TestServer server = TestServer.shared();
		try (Connection connection = driver.connect(server, server.port(), "", "")) {
			assertThat(new ServerSessionReader().read(connection).account()).startsWith(server.username() + "@");
		}
	}

	@ParameterizedTest
	@EnumSource
	void sessionTellsWhatItsNextTransactionsAre(DriverUnderTest driver) throws SQLException {
		TestServer server = TestServer.shared();
		try (Connection connection = driver.connect(server, server.port(), "", "");
				Statement statement = connection.createStatement()) {
			ServerSessionReader reader = new ServerSessionReader();
			assertThat(reader.read(connection).transactions())
				.isEqualTo(new TransactionDefaults(false, Connection.TRANSACTION_REPEATABLE_READ));
			statement.execute("SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY");
			assertThat(reader.read(connection).transactions())
				.isEqualTo(new TransactionDefaults(true, Connection.TRANSACTION_SERIALIZABLE));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatSessionsHaveInCommonIsKeptOnce(DriverUnderTest driver) throws SQLException {
		TestServer server = TestServer.shared();
		try (Connection connection = driver.connect(server, server.port(), "", "");
				Connection other = driver.connect(server, server.port(), "", "");
				Statement statement = connection.createStatement()) {
			ServerSessionReader reader = new ServerSessionReader();
			ServerSessionFacts one = reader.read(connection);
			ServerSessionFacts two = reader.read(other);
			assertThat(two.connectionId()).isNotEqualTo(one.connectionId());
			assertThat(two.account()).isSameAs(one.account());
			assertThat(two.limits()).isSameAs(one.limits());
			statement.execute("SET wait_timeout = 7");
			assertThat(reader.read(connection).limits().waitTimeout()).hasSeconds(7);
		}
	}

	@ParameterizedTest
	@EnumSource
	void serverTellsWhetherItIsReadOnly(DriverUnderTest driver) throws SQLException {
		try (TestServer server = TestServer.start();
				Connection connection = driver.connect(server, server.port(), "", "");
				Statement statement = connection.createStatement()) {
			ServerSessionReader reader = new ServerSessionReader();
			assertThat(reader.read(connection)).matches((facts) -> facts.version() != null && !facts.readOnly());
			statement.execute("SET GLOBAL read_only = 1");
			assertThat(reader.read(connection).readOnly()).isTrue();
		}
	}

}
