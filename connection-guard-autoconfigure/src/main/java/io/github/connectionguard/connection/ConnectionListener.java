package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.ServerSessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * Whoever owns the pool above the physical connections. Called on the threads of the pool
 * and of its users; must be thread-safe and must not block, except where it says so.
 */
public interface ConnectionListener {

	/**
	 * The pool is about to be built.
	 */
	void poolStarting();

	/**
	 * The pool asks for another physical connection.
	 */
	void connecting();

	/**
	 * The driver could not connect.
	 * @param exception the driver's exception
	 */
	void connectFailed(Exception exception);

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
	 * A connection is ready for use and said what it is.
	 * @param facts what the session said
	 * @return the plan for this connection, applied to the pool
	 */
	LifetimePlan ready(ServerSessionFacts facts);

	/**
	 * A session's limits could not be read, although it is alive.
	 * @param exception the reason
	 * @return the plan for this connection, or {@code null} if nothing is known to plan
	 * by
	 */
	@Nullable LifetimePlan unreadable(Exception exception);

	/**
	 * A connection turned out to be dead.
	 * @param connection the connection
	 * @param loss what was known of it
	 */
	void lost(PhysicalConnection connection, ConnectionLoss loss);

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
	 * A connection in the pool is about to be pinged.
	 * @param connection the connection
	 */
	void pinging(PhysicalConnection connection);

	/**
	 * A ping was answered.
	 * @param idle how long the connection had been quiet before
	 */
	void survived(Duration idle);

	/**
	 * A connection in the pool turned out to be gone, while the server may well be there.
	 * @param idle how long the connection had been quiet before
	 * @param closed whether somebody had closed it; else it seemed to be open
	 */
	void dropped(Duration idle, boolean closed);

	/**
	 * The server refused to write. It may have become read-only, but there are other
	 * reasons.
	 */
	void refusedToWrite();

	/**
	 * The guard itself has failed where nobody expects it to, and does without.
	 * @param failure the failure
	 */
	void guardFailed(Throwable failure);

	/**
	 * Wait for what is being found out about the server, if connections should not be
	 * lent before.
	 * @param limit how long to wait at most
	 */
	void awaitVerdict(Duration limit);

	/**
	 * Tell whether a connect should wait for a server that is away, rather than fail.
	 * @return whether it should, still
	 */
	boolean isWaitingForServer();

	/**
	 * Tell whether the auto-commit mode is set when it matters, rather than at once.
	 * @return whether it is
	 */
	boolean isAutoCommitDeferred();

	/**
	 * Have somebody told, as far as possible, when the current thread is about to borrow
	 * from the pool, before it takes or waits for a connection.
	 * @param told who is told
	 * @return ends that
	 */
	Runnable beforeBorrows(Runnable told);

	/**
	 * Tell whether the current thread runs the pool's own keepalive.
	 * @return whether it does
	 */
	boolean isKeepaliveCaller();

}
