package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import io.github.connectionguard.test.AtOnce;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a primary that turns read-only and keeps its sessions, while its address
 * leads to another server.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("extended")
@Tag("timed")
class DemotedPrimaryTests {

	private static final int CLIENTS = 4;

	private static final String USER = "writer";

	/**
	 * A clone has the identity of its original.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void writesGoToTheNewPrimaryAfterOneFailureOfEachClient(boolean cloned) throws SQLException {
		try (TestServer old = TestServer.start();
				TestServer next = TestServer.start();
				TcpHop hop = TcpHop.to(old.port())) {
			String database = prepare(old, null);
			prepare(next, database);
			if (cloned) {
				hop.disguise(id(next), id(old));
			}
			AtomicLong acknowledged = new AtomicLong();
			try (Requests requests = Requests.through(hop, old, database, "spring.datasource.username=" + USER);
					Traffic traffic = Traffic.of(CLIENTS, () -> {
						requests.statement("INSERT INTO work VALUES (1)").run();
						acknowledged.incrementAndGet();
					})) {
				hop.move(next.port());
				old.execute("SET GLOBAL read_only = ON");
				Duration first = traffic.firstSuccessAfterFailure();
				traffic.goOn(500);
				assertThat(traffic.failures()).hasSizeLessThanOrEqualTo(CLIENTS);
				assertThat(first).isLessThan(AtOnce.on(next, Duration.ofMillis(250)));
			}
			assertThat(rows(old, database) + rows(next, database)).isEqualTo(acknowledged.get());
			assertThat(rows(next, database)).isPositive();
		}
	}

	@Test
	void switchThatLeadsToTheSameServerIsTold(CapturedOutput output) throws SQLException {
		try (TestServer server = TestServer.start()) {
			String database = prepare(server, null);
			String host = server.host() + ":" + server.port();
			String url = server.jdbcUrl(database).replace(host, host + "," + host);
			try (Requests requests = Requests.to(server, "spring.datasource.url=" + url,
					"spring.datasource.username=" + USER)) {
				server.execute("SET GLOBAL read_only = ON");
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> requests.statement("INSERT INTO work VALUES (1)").run());
				Awaitility.await().untilAsserted(() -> assertThat(output).contains("Name the one that does first"));
			}
		}
	}

	@Test
	void refusalThatIsNotTheServersChangesNothing() throws SQLException {
		TestServer server = TestServer.shared();
		String database = server.createDatabase();
		server.execute("CREATE TABLE " + database + ".work (id INT)");
		try (TcpHop hop = TcpHop.to(server.port()); Requests requests = Requests.through(hop, server, database)) {
			Set<PhysicalConnection> before = Set.copyOf(requests.pool().ledger().connections());
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> writeReadOnly(requests))
					.satisfies((ex) -> assertThat(ex.getErrorCode()).isEqualTo(1792));
				requests.query("SELECT 1");
			}
			assertThat(requests.pool().ledger().connections()).containsExactlyInAnyOrderElementsOf(before);
		}
	}

	private static void writeReadOnly(Requests requests) throws SQLException {
		try (Connection connection = requests.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("SET TRANSACTION READ ONLY");
			statement.execute("INSERT INTO work VALUES (1)");
		}
	}

	@Test
	void serverThatIsReplacedLosesItsConnectionsOnce() throws SQLException {
		try (TestServer old = TestServer.start();
				TestServer next = TestServer.start();
				TcpHop hop = TcpHop.to(old.port())) {
			String database = prepare(old, null);
			prepare(next, database);
			try (Requests requests = Requests.through(hop, old, database)) {
				hop.move(next.port());
				int accepted = hop.accepted();
				old.execute("KILL " + requests.query("SELECT CONNECTION_ID()"));
				Awaitility.await()
					.until(() -> requests.pool().ledger().connections().stream().allMatch(isOn(next))
							&& requests.pool().snapshot().idle() == Requests.POOL);
				Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
				assertThat(hop.accepted() - accepted).isBetween(Requests.POOL, Requests.POOL + 3); // and
																									// logins
			}
		}
	}

	@Test
	@Tag("slow")
	void severalServersBehindOneAddressKeepTheirConnections() throws SQLException {
		try (TestServer one = TestServer.start();
				TestServer other = TestServer.start();
				TcpHop hop = TcpHop.to(one.port())) {
			String database = prepare(one, null);
			prepare(other, database);
			try (Requests requests = Requests.through(hop, one, database)) {
				hop.move(other.port());
				requests.replace();
				Awaitility.await().until(() -> requests.pool().snapshot().idle() == Requests.POOL);
				Set<PhysicalConnection> before = Set.copyOf(requests.pool().ledger().connections());
				assertThat(before).anyMatch(isOn(one)).anyMatch(isOn(other));
				other.execute("KILL " + before.stream()
					.filter(isOn(other))
					.map(PhysicalConnection::facts)
					.filter(Objects::nonNull)
					.findFirst()
					.map(ServerSessionFacts::connectionId)
					.orElseThrow());
				Awaitility.await()
					.until(() -> !requests.pool().ledger().connections().containsAll(before)
							&& requests.pool().snapshot().idle() == Requests.POOL);
				Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
				assertThat(requests.pool().ledger().connections()).filteredOn(before::contains)
					.hasSize(Requests.POOL - 1);
			}
		}
	}

	private static Predicate<PhysicalConnection> isOn(TestServer server) throws SQLException {
		String id = id(server);
		return (connection) -> {
			ServerSessionFacts facts = connection.facts();
			return facts != null && id.equals(facts.serverId());
		};
	}

	private static String id(TestServer server) throws SQLException {
		try (Connection login = server.connect("")) {
			return Objects.requireNonNull(new ServerSessionReader().read(login).serverId());
		}
	}

	/**
	 * Create a database with a table, and a user whom read_only binds.
	 */
	private static String prepare(TestServer server, @Nullable String name) throws SQLException {
		String database = (name != null) ? name : server.createDatabase();
		server.execute("CREATE DATABASE IF NOT EXISTS " + database);
		server.execute("CREATE TABLE " + database + ".work (id INT)");
		server.execute("CREATE USER " + USER + " IDENTIFIED BY '" + server.password() + "'");
		server.execute("GRANT SELECT, INSERT ON *.* TO " + USER);
		return database;
	}

	private static long rows(TestServer server, String database) throws SQLException {
		try (Connection connection = server.connect(database);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM work")) {
			row.next();
			return row.getLong(1);
		}
	}

}
