package io.github.connectionguard.versions.application;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is promised of an application with the starter, checked from inside, with one
 * session beside the pool.
 */
final class Promises implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * For longer than the guard goes without a ping.
	 */
	private static final Duration QUIET = Duration.ofSeconds(15);

	private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(8);

	private static final Duration HOLD = Duration.ofSeconds(12);

	/**
	 * How often the server is told of an auto-commit mode if it is told each time.
	 */
	private static final int TRANSACTIONS = 10;

	private static final int NO_SUCH_SESSION = 1094; // ER_NO_SUCH_THREAD

	private final HttpClient client = HttpClient.newHttpClient();

	private final HikariDataSource pool;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final String address;

	private final Connection beside;

	Promises(ApplicationContext context) throws SQLException {
		Environment environment = context.getEnvironment();
		this.pool = context.getBean(HikariDataSource.class);
		this.jdbc = context.getBean(JdbcTemplate.class);
		this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		this.address = "http://localhost:" + environment.getRequiredProperty("local.server.port");
		this.beside = DriverManager.getConnection(environment.getRequiredProperty("spring.datasource.url"),
				environment.getRequiredProperty("spring.datasource.username"),
				environment.getRequiredProperty("spring.datasource.password"));
		execute("CREATE TABLE entry (id BIGINT PRIMARY KEY) ENGINE=InnoDB");
	}

	boolean handlerThatReturnsCommits() throws Exception {
		return post("/rows/1") == 200 && isThere(1);
	}

	boolean handlerThatThrowsRollsBack() throws Exception {
		return post("/rows/2/broken") == 500 && !isThere(2);
	}

	boolean healthAnswers() throws Exception {
		HttpResponse<String> health = get("/actuator/health");
		return health.statusCode() == 200 && health.body().contains("connectionGuard");
	}

	boolean endpointAnswers() throws Exception {
		return get("/actuator/connectionguard").statusCode() == 200;
	}

	/**
	 * The pool has opened all its connections before, which sets them up.
	 */
	boolean transactionTellsNothingButItsEnd() throws Exception {
		await(this::isFull);
		int before = told();
		for (int i = 0; i < TRANSACTIONS; i++) {
			long id = 100 + i;
			this.transactions.executeWithoutResult((status) -> write(id));
		}
		return told() - before < TRANSACTIONS;
	}

	/**
	 * Each connection was used a moment before, when HikariCP would lend it unseen.
	 */
	boolean killedConnectionsAreNotLent() throws Exception {
		await(this::isFull);
		List<Long> killed = sessions();
		useEachConnection();
		for (long session : killed) {
			kill(session);
		}
		await(() -> Collections.disjoint(sessions(), killed));
		useEachConnection();
		return killed.size() >= this.pool.getMaximumPoolSize();
	}

	boolean quietConnectionsWork() throws Exception {
		Thread.sleep(QUIET.toMillis());
		useEachConnection();
		return true;
	}

	/**
	 * The server's limit holds for the connection that is opened after it was set.
	 */
	boolean heldConnectionOutlivesWaitTimeout() throws Exception {
		execute("SET GLOBAL wait_timeout = " + WAIT_TIMEOUT.toSeconds());
		this.pool.getHikariPoolMXBean().softEvictConnections();
		this.transactions.executeWithoutResult((status) -> {
			Long limit = this.jdbc.queryForObject("SELECT @@session.wait_timeout", Long.class);
			if (limit == null || limit != WAIT_TIMEOUT.toSeconds()) {
				throw new IllegalStateException("The session has a wait_timeout of " + limit);
			}
			write(200);
			pause(HOLD);
			write(201);
		});
		return isThere(200) && isThere(201);
	}

	@Override
	public void close() throws SQLException {
		this.beside.close();
	}

	private void write(long id) {
		this.jdbc.update("INSERT INTO entry (id) VALUES (?)", id);
	}

	private void useEachConnection() throws SQLException {
		List<Connection> borrowed = new ArrayList<>();
		try {
			for (int i = 0; i < this.pool.getMaximumPoolSize(); i++) {
				Connection connection = this.pool.getConnection();
				borrowed.add(connection);
				try (Statement statement = connection.createStatement()) {
					statement.execute("SELECT 1");
				}
			}
		}
		finally {
			for (Connection connection : borrowed) {
				connection.close();
			}
		}
	}

	private boolean isFull() {
		return this.pool.getHikariPoolMXBean().getIdleConnections() == this.pool.getMaximumPoolSize();
	}

	private boolean isThere(long id) throws SQLException {
		try (Statement statement = this.beside.createStatement();
				ResultSet row = statement.executeQuery("SELECT id FROM entry WHERE id = " + id)) {
			return row.next();
		}
	}

	/**
	 * Return how often the server was told to set something.
	 */
	private int told() throws SQLException {
		try (Statement statement = this.beside.createStatement();
				ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Com_set_option'")) {
			row.next();
			return row.getInt(2);
		}
	}

	/**
	 * Return the sessions on this database, but for the one beside the pool.
	 */
	private List<Long> sessions() throws SQLException {
		List<Long> sessions = new ArrayList<>();
		try (Statement statement = this.beside.createStatement();
				ResultSet rows = statement.executeQuery("SELECT id FROM information_schema.processlist"
						+ " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
			while (rows.next()) {
				sessions.add(rows.getLong(1));
			}
		}
		return sessions;
	}

	/**
	 * Kill a session, which may be one of the guard's own that has ended meanwhile.
	 */
	private void kill(long session) throws SQLException {
		try {
			execute("KILL " + session);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() != NO_SUCH_SESSION) {
				throw ex;
			}
		}
	}

	private void execute(String sql) throws SQLException {
		try (Statement statement = this.beside.createStatement()) {
			statement.execute(sql);
		}
	}

	private int post(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), path).statusCode();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder().GET(), path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String path)
			throws IOException, InterruptedException {
		return this.client.send(request.uri(URI.create(this.address + path)).build(), BodyHandlers.ofString());
	}

	private static void await(Callable<Boolean> condition) throws Exception {
		long begin = System.nanoTime();
		while (!condition.call()) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new TimeoutException("Waited in vain for " + PATIENCE);
			}
			Thread.sleep(10);
		}
	}

	private static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
