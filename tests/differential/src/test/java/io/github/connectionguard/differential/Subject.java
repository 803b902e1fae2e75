package io.github.connectionguard.differential;

import java.sql.Connection;
import java.sql.SQLException;

import com.mysql.cj.jdbc.exceptions.MySQLTransactionRollbackException;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.differential.Observation.State;
import org.jspecify.annotations.Nullable;

/**
 * One side: a pool of one connection, the tables it leads to, and a second connection
 * that looks at them.
 */
final class Subject implements AutoCloseable {

	private final Tables tables;

	private final HikariDataSource pool;

	private final Runnable keepalive;

	private @Nullable BorrowedConnection lease;

	/**
	 * Create a side.
	 * @param tables the tables
	 * @param pool the pool, which leads to them
	 * @param keepalive what pings the connection as the guard does while it is held
	 */
	Subject(Tables tables, HikariDataSource pool, Runnable keepalive) {
		this.tables = tables;
		this.pool = pool;
		this.keepalive = keepalive;
	}

	/**
	 * Begin a program: its rows are there and a connection is borrowed.
	 */
	void begin(int firstRow) throws SQLException {
		borrow();
		try {
			this.tables.fill(firstRow);
		}
		catch (MySQLTransactionRollbackException ex) {
			discard(); // it came from the pool with a lock
			borrow();
			this.tables.fill(firstRow);
		}
	}

	/**
	 * Give the connection back, if one was borrowed, and borrow one.
	 */
	void borrow() throws SQLException {
		try {
			giveBack();
		}
		finally {
			this.lease = new BorrowedConnection(this, this.pool.getConnection());
		}
	}

	private void giveBack() throws SQLException {
		BorrowedConnection current = this.lease;
		this.lease = null;
		if (current != null) {
			current.connection().close();
		}
	}

	/**
	 * Have the connection replaced by a new one.
	 */
	void discard() throws SQLException {
		BorrowedConnection current = this.lease;
		this.lease = null;
		if (current == null || current.connection().isClosed()) {
			current = new BorrowedConnection(this, this.pool.getConnection());
		}
		this.pool.evictConnection(current.connection());
	}

	/**
	 * Make a step and tell everything that can be seen after it.
	 */
	Observation make(Step step) throws SQLException {
		String outcome;
		try {
			outcome = OutcomeText.of(step.action().on(lease()));
		}
		catch (SQLException ex) {
			outcome = OutcomeText.of(ex);
		}
		catch (RuntimeException | LinkageError ex) {
			outcome = ex.getClass().getSimpleName();
		}
		return observe(this.tables.withoutNames(outcome));
	}

	/**
	 * Tell what can be seen without disturbing the connection.
	 */
	private Observation observe(String outcome) throws SQLException {
		String mode;
		try {
			mode = lease().connection().getAutoCommit() ? "on" : "off";
		}
		catch (SQLException ex) {
			mode = OutcomeText.of(ex);
		}
		return this.tables.look(outcome, state(), mode);
	}

	private State state() throws SQLException {
		Connection connection = lease().connection();
		if (connection.isClosed()) {
			return State.CLOSED;
		}
		return connection.unwrap(Connection.class).isClosed() ? State.DEAD : State.OPEN;
	}

	/**
	 * Look again, at what others see.
	 */
	Observation again(Observation before) throws SQLException {
		return this.tables.look(before.outcome(), before.state(), before.autoCommit());
	}

	private BorrowedConnection lease() {
		BorrowedConnection current = this.lease;
		if (current == null) {
			throw new IllegalStateException("Nothing is borrowed");
		}
		return current;
	}

	void keepAlive() {
		this.keepalive.run();
	}

	void insertByOthers() throws SQLException {
		this.tables.insertByOthers();
	}

	String sql(String template) {
		return this.tables.sql(template);
	}

	@Override
	public void close() throws SQLException {
		this.pool.close();
		this.tables.close();
	}

}
