package io.github.connectionguard.connection;

import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.mysql.SessionFacts;
import org.jspecify.annotations.Nullable;

/**
 * Whoever owns the pool above the physical connections. Called on the threads of the pool
 * and of its users; must be thread-safe and must not block.
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
	 * A connection is ready for use and said what it is.
	 * @param facts what the session said
	 * @return the plan for this connection, applied to the pool
	 */
	LifetimePlan ready(SessionFacts facts);

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
	 * Tell whether the current thread runs the pool's own keepalive.
	 * @return whether it does
	 */
	boolean isKeepaliveCaller();

}
