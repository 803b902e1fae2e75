package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * The pool above physical connections: what it does for them, and how it wants them
 * treated. Called on the threads of the pool and of its users; must be thread-safe and
 * must not block, except where it says so.
 */
public interface OwningPool {

	// At work

	/**
	 * The pool is about to be built.
	 */
	void poolStarting();

	/**
	 * The pool asks for another physical connection.
	 */
	void connecting();

	/**
	 * Log in past the pool.
	 * @param attempt the attempt, by which it can be given up
	 * @return the driver's connection
	 * @throws SQLException if the driver cannot connect
	 */
	Connection login(ConnectAttempt attempt) throws SQLException;

	/**
	 * Set a session up as the pool does it with its own.
	 * @param driver the driver's connection
	 * @throws SQLException if that fails
	 */
	void setUp(Connection driver) throws SQLException;

	/**
	 * Ask a session about itself.
	 * @param driver the driver's connection
	 * @return what it said
	 * @throws SQLException if the connection is dead or the server refuses
	 */
	ServerSessionFacts read(Connection driver) throws SQLException;

	/**
	 * A connection is ready for use and said what it is. It is given its plan, which is
	 * applied to the pool.
	 * @param connection the connection
	 * @param facts what its session said
	 */
	void ready(PhysicalConnection connection, ServerSessionFacts facts);

	/**
	 * A connection that is about to be ready can be used to ask its server more.
	 * @param driver the driver's connection
	 * @param facts what its session said
	 */
	void meet(Connection driver, ServerSessionFacts facts);

	/**
	 * A session's limits could not be read, although it is alive. The connection is given
	 * a plan if anything is known to plan by.
	 * @param connection the connection
	 * @param exception the reason
	 */
	void unreadable(PhysicalConnection connection, Exception exception);

	/**
	 * Have somebody told, as far as possible, when the current thread is about to borrow
	 * from the pool, before it takes or waits for a connection.
	 * @param told who is told
	 * @return ends that
	 */
	Runnable beforeBorrows(Runnable told);

	// Questions

	/**
	 * Return how long a server that is well takes at most to answer.
	 * @return the limit
	 */
	Duration validationTimeout();

	/**
	 * Return how long to wait for the answer to a ping of a connection in the pool, as
	 * long as nothing else says that it will not come.
	 * @return the limit
	 */
	Duration pingLimit();

	/**
	 * Wait for what is being found out about the server, if connections should not be
	 * lent before, for as long as a server that is well takes to answer.
	 */
	void awaitVerdict();

	/**
	 * Tell whether a connect should wait for a server that is away, rather than fail.
	 * @return whether it should, still
	 */
	boolean isWaitingForServer();

	/**
	 * Tell whether connections are only observed: whatever is done to them or asked of
	 * them goes to the driver as it is, and the guard does nothing itself.
	 * @return whether they are
	 */
	boolean isReportOnly();

	/**
	 * Return what another session like those of connections that are only observed has
	 * said of the server.
	 * @return the facts, or {@code null} if there are none
	 */
	@Nullable ServerSessionFacts observed();

	/**
	 * Tell whether the auto-commit mode, access mode and isolation level of sessions are
	 * set when they matter, rather than at once.
	 * @return whether they are
	 */
	boolean isSessionStateDeferred();

	/**
	 * Tell whether connections stay with one host, whatever is set. One that is led
	 * elsewhere by its access mode has another session there.
	 * @return whether they do
	 */
	boolean isOfOneHost();

	/**
	 * Tell whether the current thread runs the pool's own keepalive.
	 * @return whether it does
	 */
	boolean isKeepaliveCaller();

}
