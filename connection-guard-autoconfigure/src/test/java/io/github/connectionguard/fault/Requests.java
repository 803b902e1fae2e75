package io.github.connectionguard.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.PoolCare;
import io.github.connectionguard.event.EventStream;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application under a fault, with a pool of eight and otherwise as it comes, but for
 * listeners to the guard's events that throw and block.
 */
final class Requests implements AutoCloseable {

	static final int POOL = 8;

	private final ConfigurableApplicationContext application;

	private final GuardedPool pool;

	private final HikariDataSource dataSource;

	private final List<Runnable> harm;

	private Requests(ConfigurableApplicationContext application, int size, boolean harmed) {
		this.application = application;
		this.harm = harmed ? harm(application.getBean(PoolCare.class).events()) : List.of();
		this.pool = GuardedApplication.openPool(application);
		this.dataSource = application.getBean(HikariDataSource.class);
		Awaitility.await().until(() -> this.pool.snapshot().idle() == size);
	}

	/**
	 * Have listeners do what they should not, of which nothing may be noticed.
	 */
	private static List<Runnable> harm(EventStream events) {
		return List.of(events.subscribe((event) -> {
			throw new IllegalStateException("no good");
		}), events.subscribe((event) -> LockSupport.parkNanos(Duration.ofSeconds(1).toNanos())));
	}

	static Requests to(TestServer server, String... properties) {
		return new Requests(GuardedApplication.start(server, server.createDatabase(), with(POOL, properties)), POOL,
				true);
	}

	/**
	 * Start with a pool of another size, and without such listeners.
	 */
	static Requests to(TestServer server, int size, String... properties) {
		return new Requests(GuardedApplication.start(server, server.createDatabase(), with(size, properties)), size,
				false);
	}

	/**
	 * Have the application reach the server through a hop.
	 */
	static Requests through(TcpHop hop, TestServer server, String database, String... properties) {
		String[] all = with(POOL, properties);
		String[] more = new String[all.length + 1];
		System.arraycopy(all, 0, more, 0, all.length);
		more[all.length] = "spring.datasource.url=" + server.jdbcUrl(database, hop);
		return new Requests(GuardedApplication.start(server, database, more), POOL, true);
	}

	private static String[] with(int size, String... properties) {
		String[] all = new String[properties.length + 1];
		System.arraycopy(properties, 0, all, 0, properties.length);
		all[properties.length] = "spring.datasource.hikari.maximum-pool-size=" + size;
		return all;
	}

	GuardedPool pool() {
		return this.pool;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	EventStream events() {
		return this.application.getBean(PoolCare.class).events();
	}

	/**
	 * Return a request that runs one statement.
	 */
	Traffic.Request statement(String sql) {
		return () -> {
			try (Connection connection = this.dataSource.getConnection();
					Statement statement = connection.createStatement()) {
				statement.execute(sql);
			}
		};
	}

	/**
	 * Have the pool replace one of its connections.
	 */
	void replace() throws SQLException {
		this.dataSource.evictConnection(this.dataSource.getConnection());
	}

	/**
	 * Run one query and return its number.
	 */
	long query(String sql) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getLong(1);
		}
	}

	@Override
	public void close() {
		this.harm.forEach(Runnable::run);
		this.application.close();
	}

}
