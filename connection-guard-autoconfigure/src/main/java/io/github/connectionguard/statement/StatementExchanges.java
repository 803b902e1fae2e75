package io.github.connectionguard.statement;

import java.sql.Connection;
import java.sql.SQLException;

import io.github.connectionguard.mysql.StatementKind;

/**
 * What a connection does for its statements: has their calls run, and keeps account of
 * what they leave on the wire.
 */
public interface StatementExchanges {

	/**
	 * Return the connection the statements are those of.
	 * @return the connection
	 */
	Connection connection();

	/**
	 * Run a call that sends a statement.
	 * @param <T> the type of its result
	 * @param kind what the statement may do
	 * @param call the call
	 * @return its result
	 * @throws SQLException if it fails, or may not be made
	 */
	<T> T send(StatementKind kind, Call<T> call) throws SQLException;

	/**
	 * Run a call that goes on with a statement that was sent, which may fail only now.
	 * @param <T> the type of its result
	 * @param call the call
	 * @return its result
	 * @throws SQLException if it fails, or may not be made
	 */
	<T> T proceed(Call<T> call) throws SQLException;

	/**
	 * Note that somebody holds the driver's own object and may use it unseen.
	 * @throws SQLException if it may not be handed out
	 */
	void rawHandedOut() throws SQLException;

	/**
	 * A statement has queried, so that its rows may be read from now on.
	 */
	void resultOpened();

	/**
	 * A statement was closed that has queried.
	 */
	void resultClosed();

	/**
	 * A statement is about to run whose rows stay on the wire.
	 */
	void streamOpened();

	/**
	 * A statement was closed whose rows stayed on the wire.
	 */
	void streamClosed();

}
