package io.github.connectionguard.sidebyside;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPools;
import org.awaitility.Awaitility;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A request as its handler sees it: the application, and a transcript of what is to be
 * seen from within.
 */
final class Request {

	private final ApplicationContext application;

	private final OtherSession others;

	private final List<String> transcript = new CopyOnWriteArrayList<>();

	private volatile int status = 200;

	Request(ApplicationContext application, OtherSession others) {
		this.application = application;
		this.others = others;
	}

	List<String> transcript() {
		return this.transcript;
	}

	int status() {
		return this.status;
	}

	/**
	 * Answer with a status of one's own.
	 */
	void answer(int status) {
		this.status = status;
	}

	<T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	JdbcTemplate jdbc() {
		return bean(JdbcTemplate.class);
	}

	DataSource dataSource() {
		return bean(DataSource.class);
	}

	HikariDataSource pool() throws SQLException {
		return dataSource().unwrap(HikariDataSource.class);
	}

	/**
	 * Wait until the guard, if there is one, has met a pool.
	 */
	void awaitGuard(HikariDataSource pool) {
		GuardedPools pools = this.application.getBeanProvider(GuardedPools.class).getIfAvailable();
		Awaitility.await().until(() -> pools == null || pools.find(pool) != null);
	}

	Services services() {
		return bean(Services.class);
	}

	TransactionTemplate transactions() {
		return new TransactionTemplate(bean(PlatformTransactionManager.class));
	}

	/**
	 * Return another client of the same server.
	 */
	OtherSession others() {
		return this.others;
	}

	void write(String name) {
		jdbc().update("INSERT INTO line (name) VALUES (?)", name);
	}

	/**
	 * Return the names that the request sees.
	 */
	List<String> names() {
		return jdbc().queryForList("SELECT name FROM line ORDER BY name", String.class);
	}

	int rename(String name, String to) {
		return jdbc().update("UPDATE line SET name = ? WHERE name = ?", to, name);
	}

	/**
	 * Write on a connection of one's own.
	 */
	static void write(Connection connection, String name) throws SQLException {
		update(connection, "INSERT INTO line (name) VALUES ('" + name + "')");
	}

	static int update(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
	}

	void tell(Object line) {
		this.transcript.add(String.valueOf(line));
	}

	/**
	 * Tell what the server says an expression is.
	 */
	void tellValue(String expression) {
		tell(expression + " " + jdbc().queryForObject("SELECT " + expression, String.class));
	}

	/**
	 * Tell how many connections are borrowed.
	 */
	void tellInUse() throws SQLException {
		tell("in use: " + pool().getHikariPoolMXBean().getActiveConnections());
	}

	/**
	 * Tell what others see.
	 */
	void tellRows() {
		tell("others see " + this.others.rows());
	}

	/**
	 * Run a step and tell how it ended.
	 */
	void attempt(String who, RequestStep step) {
		tell(step.outcome(who));
	}

	/**
	 * Run a step that fails, and go on as if it had not.
	 */
	void shrugOff(RequestStep step) {
		try {
			step.run();
		}
		catch (Exception ex) {
			tell("shrugged off");
		}
	}

}
