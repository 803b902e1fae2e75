package io.github.connectionguard.benchmarks.pools;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

import javax.sql.DataSource;

import io.github.connectionguard.transaction.WorkInProgress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What is done with a pool: a connection is borrowed and given back, with nothing in
 * between, a statement, or a transaction.
 */
@State(Scope.Benchmark)
public class LentConnections {

	static final String URL = "benchmark.url";

	static final String USERNAME = "benchmark.username";

	static final String PASSWORD = "benchmark.password";

	private static final int SAMPLE = 20;

	private static final String READ = "SELECT id FROM (SELECT 1 AS id) AS line";

	private static final String WRITE = "INSERT INTO line (name) VALUES ('a')";

	@Param("HikariCP")
	String pool = "";

	@Param("false")
	boolean looking;

	@Param("true")
	boolean stub;

	private DataSource dataSource;

	@Setup
	public void open() throws Exception {
		Class<? extends Driver> driver = this.stub ? StubDriver.class : com.mysql.cj.jdbc.Driver.class;
		PoolKind kind = PoolKind.of(this.pool);
		this.dataSource = kind.open(new Server(property(URL), property(USERNAME), property(PASSWORD), driver),
				this.looking);
		boolean guarded = isGuarded();
		if (guarded != (kind == PoolKind.GUARDED)) {
			throw new IllegalStateException("The pool is not '%s'".formatted(this.pool));
		}
		long before = asked();
		for (int i = 0; i < SAMPLE; i++) {
			borrow();
		}
		long asked = asked() - before;
		Answer.count(false);
		boolean asExpected = guarded ? (asked < SAMPLE) : (!this.looking || !kind.isAsking() || asked >= SAMPLE);
		if (!asExpected) {
			throw new IllegalStateException("%s asked %d times at %d borrows".formatted(this.pool, asked, SAMPLE));
		}
	}

	/**
	 * Return how often a server was asked by a ping or a query.
	 */
	private long asked() throws SQLException {
		if (this.stub) {
			return Answer.count(true);
		}
		try (Connection connection = DriverManager.getConnection(property(URL), property(USERNAME), property(PASSWORD));
				Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SHOW GLOBAL STATUS WHERE Variable_name IN ('Com_admin_commands', 'Com_select')")) {
			long asked = 0;
			while (row.next()) {
				asked += row.getLong(2);
			}
			return asked;
		}
	}

	private static String property(String name) {
		return Objects.requireNonNull(System.getProperty(name), name);
	}

	private boolean isGuarded() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.isWrapperFor(WorkInProgress.class);
		}
	}

	@Benchmark
	public void borrow() throws SQLException {
		this.dataSource.getConnection().close();
	}

	@Benchmark
	public int statement() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(READ);
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getInt(1);
		}
	}

	@Benchmark
	public int transaction() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			int written;
			try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
				written = statement.executeUpdate();
			}
			connection.commit();
			connection.setAutoCommit(true);
			return written;
		}
	}

}
