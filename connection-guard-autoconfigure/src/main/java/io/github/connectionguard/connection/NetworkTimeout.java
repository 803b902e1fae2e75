package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;

import io.github.connectionguard.diagnosis.OwnEnd;
import io.github.connectionguard.transaction.VoidCall;
import org.jspecify.annotations.Nullable;

/**
 * How long the driver of a guarded connection waits for the server. While the pool has
 * the connection, nothing reaches the driver before it is needed: its lock may be held by
 * a ping that waits.
 */
final class NetworkTimeout {

	private static final int NONE = -1;

	private final VoidCall setUp;

	private int calls;

	private int told = NONE;

	private int usual = NONE;

	private int deferred = NONE;

	private volatile @Nullable OwnEnd timedOut;

	/**
	 * Create the network timeout of a connection that is being set up.
	 * @param setUp what ends that
	 */
	NetworkTimeout(VoidCall setUp) {
		this.setUp = setUp;
	}

	/**
	 * Ask for a timeout. The second call of a connection's life is the last step of the
	 * pool's set-up (HikariCP's {@code PoolBase.setupConnection}), after
	 * {@code connectionInitSql}.
	 * @return whether the driver is to be told at once
	 */
	boolean ask(PhysicalConnection on, int milliseconds) throws SQLException {
		if (this.timedOut == null && on.wire().hasTimedOut()) {
			this.timedOut = end();
		}
		if (this.calls < 2 && ++this.calls == 2) {
			this.usual = milliseconds;
			this.setUp.run();
		}
		else if (on.isInPool()) {
			this.deferred = milliseconds;
			return false;
		}
		return true;
	}

	/**
	 * Tell the driver at once.
	 */
	void set(Connection driver, Executor executor, int milliseconds) throws SQLException {
		driver.setNetworkTimeout(executor, milliseconds);
		this.told = milliseconds;
		this.deferred = NONE;
	}

	int get(Connection driver) throws SQLException {
		return (this.deferred != NONE) ? this.deferred : driver.getNetworkTimeout();
	}

	/**
	 * Tell the driver what was asked for.
	 */
	void apply(Connection driver) throws SQLException {
		int milliseconds = this.deferred;
		if (milliseconds != NONE) {
			this.deferred = NONE;
			if (milliseconds != this.told) {
				driver.setNetworkTimeout(Runnable::run, milliseconds);
				this.told = milliseconds;
			}
		}
	}

	/**
	 * Go on with another driver's connection.
	 * @param known what that was told
	 * @param asked what it is to be told when it is needed
	 */
	void goOn(int known, int asked) {
		this.told = known;
		this.deferred = asked;
		this.timedOut = null;
	}

	/**
	 * Return how the driver gives up, or gave up, after it has waited for the server.
	 */
	OwnEnd end() {
		OwnEnd known = this.timedOut;
		return (known != null) ? known : OwnEnd.timeout(this.told, this.usual);
	}

}
