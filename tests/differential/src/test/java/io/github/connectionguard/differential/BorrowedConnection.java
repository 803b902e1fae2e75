package io.github.connectionguard.differential;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection and what a program last got from it. Where there is nothing yet,
 * a step gets what is simplest.
 */
final class BorrowedConnection {

	private final Subject subject;

	private final Connection connection;

	private @Nullable Statement statement;

	private @Nullable PreparedStatement prepared;

	private @Nullable CallableStatement callable;

	private @Nullable ResultSet rows;

	private @Nullable Savepoint savepoint;

	BorrowedConnection(Subject subject, Connection connection) {
		this.subject = subject;
		this.connection = connection;
	}

	Subject subject() {
		return this.subject;
	}

	Connection connection() {
		return this.connection;
	}

	Statement statement() throws SQLException {
		Statement current = this.statement;
		return (current != null) ? current : keep(this.connection.createStatement());
	}

	PreparedStatement prepared() throws SQLException {
		PreparedStatement current = this.prepared;
		return (current != null) ? current
				: keep(this.connection.prepareStatement(sql("SELECT id, name FROM line WHERE id > ?")));
	}

	CallableStatement callable() throws SQLException {
		CallableStatement current = this.callable;
		return (current != null) ? current : keep(this.connection.prepareCall("{call swap(?, ?, ?)}"));
	}

	/**
	 * Return the last result.
	 * @throws NothingYetException if there is none
	 */
	ResultSet rows() {
		return require(this.rows);
	}

	/**
	 * Return the last savepoint.
	 * @throws NothingYetException if there is none
	 */
	Savepoint savepoint() {
		return require(this.savepoint);
	}

	Statement keep(Statement made) {
		this.statement = made;
		return made;
	}

	PreparedStatement keep(PreparedStatement made) {
		this.prepared = made;
		return made;
	}

	CallableStatement keep(CallableStatement made) {
		this.callable = made;
		return made;
	}

	@Nullable ResultSet keep(@Nullable ResultSet made) {
		this.rows = made;
		return made;
	}

	Savepoint keep(Savepoint made) {
		this.savepoint = made;
		return made;
	}

	/**
	 * Execute a text on a statement of its own.
	 */
	Object execute(String sql) throws SQLException {
		try (Statement made = this.connection.createStatement()) {
			boolean rows = made.execute(sql(sql));
			Object first = rows ? OutcomeText.rows(made.getResultSet()) : made.getUpdateCount();
			while (made.getMoreResults() || made.getUpdateCount() != -1) {
				// what comes later may fail, and should do so here
			}
			return first;
		}
	}

	/**
	 * Put in the names and numbers that are this side's: the row {@code {1}} and the
	 * databases {@code {db}} and {@code {other}}.
	 */
	String sql(String template) {
		return this.subject.sql(template);
	}

	private static <T> T require(@Nullable T object) {
		if (object == null) {
			throw new NothingYetException();
		}
		return object;
	}

	/**
	 * A step has nothing to act upon.
	 */
	static final class NothingYetException extends RuntimeException {

		NothingYetException() {
			super("nothing yet", null, false, false);
		}

	}

}
