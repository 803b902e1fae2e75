package io.github.connectionguard.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real MySQL or MariaDB server, with an account that may do everything.
 * <p>
 * It is the {@code mysqld} or {@code mariadbd} that the environment variable
 * {@code CONNECTION_GUARD_MYSQLD} names; without that a MySQL container where Docker
 * answers; without that an embedded MariaDB. Everything it starts and writes is gone when
 * it is closed, and at the latest when the JVM ends.
 * <p>
 * Logging in and asking is safe from any thread. The methods that stop, start, freeze and
 * thaw are for one thread at a time.
 */
public final class TestServer implements AutoCloseable {

	private static final int NO_SUCH_SESSION = 1094; // ER_NO_SUCH_THREAD

	private final DatabaseServer server;

	private final boolean shared;

	private final boolean mariaDb;

	private final AtomicInteger databases = new AtomicInteger();

	private TestServer(DatabaseServer server, boolean shared) {
		this.server = server;
		this.shared = shared;
		this.mariaDb = ask("SELECT VERSION()", "", 1).contains("MariaDB");
	}

	/**
	 * Return the one server of this JVM, started on first use. It lives until the JVM
	 * ends; who wants to stop or freeze a server had better {@link #start} one.
	 * @return the shared server
	 */
	public static TestServer shared() {
		return Shared.SERVER;
	}

	/**
	 * Start a server of one's own.
	 * @param serverOptions options of the server such as {@code --wait-timeout=5}, which
	 * also hold after a restart
	 * @return the running server
	 */
	public static TestServer start(String... serverOptions) {
		return new TestServer(ServerSource.ofThisMachine().start(List.of(serverOptions)), false);
	}

	/**
	 * Start a server of one's own that is of a certain release: one of the executables
	 * that the environment variables {@code CONNECTION_GUARD_MYSQLD} and
	 * {@code CONNECTION_GUARD_FURTHER_SERVERS} name, the latter separated as in a path,
	 * or the embedded MariaDB.
	 * @param release a product and release, such as {@code MariaDB 11.4}
	 * @return the running server, empty if this machine has none of the release
	 */
	public static Optional<TestServer> startRelease(String release) {
		return ServerReleases.find(release)
			.map((installation) -> new TestServer(new ServerProcess(installation, List.of()), false));
	}

	/**
	 * Whether this is MariaDB.
	 * @return {@code true} for MariaDB and {@code false} for MySQL
	 */
	public boolean isMariaDb() {
		return this.mariaDb;
	}

	/**
	 * Return what Hibernate has to be told of a MariaDB: it asks Connector/J for reserved
	 * words, which that driver can only tell of a MySQL.
	 * @return properties of an application, as {@code name=value}
	 */
	public List<String> hibernateProperties() {
		return this.mariaDb ? List.of("spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
				"spring.jpa.database-platform=org.hibernate.dialect.MariaDBDialect") : List.of();
	}

	/**
	 * Return the host on which the server listens.
	 * @return the host name or address
	 */
	public String host() {
		return this.server.host();
	}

	/**
	 * Return the TCP port, which stays the same from start to start.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return the name of an account that has all privileges and a password.
	 * @return the user name
	 */
	public String username() {
		return this.server.username();
	}

	/**
	 * Return the password of the account.
	 * @return the password, never empty
	 */
	public String password() {
		return DatabaseServer.PASSWORD;
	}

	/**
	 * Return a URL for MySQL Connector/J, without TLS. Further parameters may be added
	 * with an {@code &}.
	 * @param database the database to use, or an empty string for none
	 * @return the URL
	 */
	public String jdbcUrl(String database) {
		return this.server.jdbcUrl(database);
	}

	/**
	 * Return a URL for MySQL Connector/J that leads to this server by way of a hop.
	 * @param database the database to use, or an empty string for none
	 * @param hop a hop to this server
	 * @return the URL
	 */
	public String jdbcUrl(String database, TcpHop hop) {
		return jdbcUrl(database).replace(":" + port() + "/", ":" + hop.port() + "/");
	}

	/**
	 * Create an empty database.
	 * @return its name, new on this server
	 */
	public String createDatabase() {
		String name = "guard_" + this.databases.incrementAndGet();
		try {
			execute("CREATE DATABASE " + name);
			return name;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot create the database " + name, ex);
		}
	}

	/**
	 * Log in with all privileges, outside any pool.
	 * @param database the database to use, or an empty string for none
	 * @return the connection, to be closed by the caller
	 * @throws SQLException if the server cannot be reached or refuses
	 */
	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(jdbcUrl(database), username(), password());
	}

	/**
	 * Run a statement with all privileges, in a session of its own.
	 * @param sql the statement
	 * @throws SQLException if the server cannot be reached or refuses
	 */
	public void execute(String sql) throws SQLException {
		try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/**
	 * Return the sessions that use a database. Logs in anew, without one.
	 * @param database the database
	 * @return their numbers, as {@code KILL} takes them
	 * @throws SQLException if the server cannot be reached or refuses
	 */
	public List<Long> sessions(String database) throws SQLException {
		try (Connection connection = connect("");
				PreparedStatement statement = connection
					.prepareStatement("SELECT id FROM information_schema.processlist WHERE db = ?")) {
			statement.setString(1, database);
			List<Long> sessions = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					sessions.add(rows.getLong(1));
				}
			}
			return sessions;
		}
	}

	/**
	 * Kill sessions, one at once after the other. One that has ended by itself meanwhile
	 * counts as killed.
	 * @param sessions their numbers
	 * @throws SQLException if the server cannot be reached or refuses
	 */
	public void kill(Iterable<Long> sessions) throws SQLException {
		try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
			for (long session : sessions) {
				kill(statement, session);
			}
		}
	}

	/**
	 * Kill the sessions that use a database.
	 * @param database the database
	 * @throws SQLException if the server cannot be reached or refuses
	 */
	public void killSessions(String database) throws SQLException {
		kill(sessions(database));
	}

	/**
	 * Return a value of {@code SHOW GLOBAL STATUS}. Each call logs in anew, which the
	 * server's counters of logins and statements will show.
	 * @param name the name of the variable such as {@code Threads_connected}
	 * @return the value
	 */
	public long status(String name) {
		return Long.parseLong(ask("SHOW GLOBAL STATUS WHERE Variable_name = ?", name, 2));
	}

	/**
	 * Stop the server in good order and start it again. Returns when it lets somebody log
	 * in.
	 */
	public void restart() {
		stop();
		startAgain();
	}

	/**
	 * Stop the server in good order, thawed if need be. Does nothing if it is stopped.
	 */
	public void stop() {
		this.server.stop();
	}

	/**
	 * Start the stopped server with its data, port and options. Returns when it lets
	 * somebody log in.
	 */
	public void startAgain() {
		this.server.start();
	}

	/**
	 * Stop the server's clock: connections stay open and nothing answers.
	 */
	public void freeze() {
		this.server.freeze();
	}

	/**
	 * Let a frozen server go on.
	 */
	public void thaw() {
		this.server.thaw();
	}

	/**
	 * Kill the server and delete its data. Does nothing to the shared server.
	 */
	@Override
	public void close() {
		if (!this.shared) {
			this.server.close();
		}
	}

	private static void kill(Statement statement, long session) throws SQLException {
		try {
			statement.execute("KILL " + session);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() != NO_SUCH_SESSION) {
				throw ex;
			}
		}
	}

	private String ask(String query, String argument, int column) {
		try (Connection connection = connect(""); PreparedStatement statement = connection.prepareStatement(query)) {
			if (!argument.isEmpty()) {
				statement.setString(1, argument);
			}
			try (ResultSet result = statement.executeQuery()) {
				if (!result.next()) {
					throw new IllegalArgumentException("The server does not know '" + argument + "'");
				}
				return result.getString(column);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot ask the server: " + query, ex);
		}
	}

	private static final class Shared {

		static final TestServer SERVER = new TestServer(ServerSource.ofThisMachine().start(List.of()), true);

	}

}
