package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.lifetime.ServerLimits;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application, its server and the way between them, for one fault.
 */
final class Scene implements AutoCloseable {

	/**
	 * A statement that ends with an error when it is to end, unlike SLEEP.
	 */
	private static final String LONG = "SELECT COUNT(*) FROM information_schema.collations a, "
			+ "information_schema.collations b, information_schema.collations c, information_schema.collations d";

	private final Deque<Runnable> resources = new ArrayDeque<>();

	private final TestServer server;

	private @Nullable Requests requests;

	private @Nullable TcpHop hop;

	/**
	 * Set a scene.
	 * @param server a server that several scenes may have, one after the other
	 */
	Scene(TestServer server) {
		this.server = server;
	}

	TestServer server() {
		return this.server;
	}

	/**
	 * Start a server for this scene alone.
	 */
	TestServer startServer() {
		return opened(TestServer.start(), TestServer::close);
	}

	TcpHop hop() {
		return Objects.requireNonNull(this.hop);
	}

	/**
	 * Start the application with as many connections to the server.
	 */
	Requests open(int size, String... properties) {
		return open(this.server, size, properties);
	}

	Requests open(TestServer to, int size, String... properties) {
		this.requests = opened(Requests.to(to, size, properties), Requests::close);
		return this.requests;
	}

	/**
	 * Start the application, which reaches the server through a hop.
	 */
	Requests openThroughHop(TestServer to, String... properties) {
		this.hop = opened(TcpHop.to(to.port()), TcpHop::close);
		this.requests = opened(Requests.through(this.hop, to, to.createDatabase(), properties), Requests::close);
		return this.requests;
	}

	private <T> T opened(T resource, Consumer<T> close) {
		this.resources.push(() -> close.accept(resource));
		return resource;
	}

	Requests requests() {
		return Objects.requireNonNull(this.requests);
	}

	/**
	 * Create an account that may read and write, and is no administrator.
	 */
	String createUser() throws SQLException {
		String user = this.server.createDatabase();
		this.server.execute("CREATE USER %s IDENTIFIED BY '%s'".formatted(user, this.server.password()));
		this.server.execute("GRANT SELECT, INSERT ON *.* TO " + user);
		return user;
	}

	/**
	 * Kill all sessions of the application. Once the first death was noticed, the others
	 * may be closed by the pool before it is their turn.
	 */
	void killAll(TestServer on) throws SQLException {
		on.kill(requests().pool().ledger().connections().stream().map(Scene::sessionOf).toList());
	}

	static long sessionOf(PhysicalConnection connection) {
		return Objects.requireNonNull(connection.facts()).connectionId();
	}

	/**
	 * Hold a connection until its session is gone, and use it once more. The server's
	 * clock may run from some time before its answer is read.
	 */
	void holdUntilGone(boolean inTransaction) throws SQLException {
		try (Connection held = requests().dataSource().getConnection(); Statement statement = held.createStatement()) {
			if (inTransaction) {
				statement.execute("START TRANSACTION");
			}
			long session = Objects.requireNonNull(execute(statement, "SELECT CONNECTION_ID()"));
			PhysicalConnection quiet = requests().pool().ledger().connections().iterator().next();
			ServerLimits limits = Objects.requireNonNull(quiet.facts()).limits();
			Duration limit = Objects.requireNonNull(inTransaction ? limits.idleTransaction() : limits.waitTimeout());
			Awaitility.await().until(() -> !sessions().contains(session) && quiet.wire().quiet().compareTo(limit) >= 0);
			fails(statement, "SELECT 1");
		}
	}

	/**
	 * Borrow a connection for a statement that fails.
	 */
	void fail(String sql) throws SQLException {
		try (Connection held = requests().dataSource().getConnection(); Statement statement = held.createStatement()) {
			fails(statement, sql);
		}
	}

	/**
	 * Begin a statement that takes long, and wait until the server runs it.
	 */
	void beginLong(TestServer on) {
		Thread request = new Thread(() -> {
			try {
				requests().query(LONG);
			}
			catch (SQLException ex) {
				// not what is looked at
			}
		}, "long request");
		request.setDaemon(true);
		request.start();
		Awaitility.await().until(() -> isRunning(on));
	}

	private static boolean isRunning(TestServer on) throws SQLException {
		try (Connection other = on.connect(""); Statement statement = other.createStatement()) {
			return Objects.requireNonNull(execute(statement,
					"SELECT COUNT(*) FROM information_schema.processlist WHERE info = '" + LONG + "'")) > 0;
		}
	}

	static void fails(Statement statement, String sql) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute(sql));
	}

	private static @Nullable Long execute(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			return row.next() ? row.getLong(1) : null;
		}
	}

	private List<Long> sessions() throws SQLException {
		List<Long> sessions = new ArrayList<>();
		try (Connection other = this.server.connect("");
				Statement statement = other.createStatement();
				ResultSet row = statement.executeQuery("SHOW PROCESSLIST")) {
			while (row.next()) {
				sessions.add(row.getLong("Id"));
			}
		}
		return sessions;
	}

	/**
	 * Return the events of a type so far.
	 */
	<T extends GuardEvent> List<T> events(Class<T> type) {
		return requests().events().recorder().events().stream().filter(type::isInstance).map(type::cast).toList();
	}

	@Override
	public void close() {
		this.resources.forEach(Runnable::run);
	}

}
