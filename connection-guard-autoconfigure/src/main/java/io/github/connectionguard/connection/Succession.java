package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.connectionguard.transaction.SessionTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Puts another physical connection into the place of one that died, or came to lead
 * elsewhere, between its borrow and its first statement: nothing is lost with it.
 */
final class Succession {

	private final ReentrantLock readying = new ReentrantLock();

	private final DelegatingConnection connection;

	private final Exchanges exchanges;

	private final Work work;

	private final NetworkTimeout networkTimeout;

	Succession(DelegatingConnection connection, Exchanges exchanges, Work work, NetworkTimeout networkTimeout) {
		this.connection = connection;
		this.exchanges = exchanges;
		this.work = work;
		this.networkTimeout = networkTimeout;
	}

	/**
	 * See that there is a connection for the first call of a lease, after which no other
	 * one can take its place.
	 */
	void makeReady() {
		makeReady(true);
	}

	/**
	 * See that there is a connection to be asked for what is the same on another one.
	 */
	void makeAnswerable() {
		makeReady(false);
	}

	private void makeReady(boolean used) {
		if (this.exchanges.isUntouched()) {
			this.readying.lock();
			try {
				replaceIfEnded();
			}
			catch (RuntimeException | Error ex) {
				this.exchanges.physical().ledger().failed(ex);
			}
			finally {
				if (used) {
					this.exchanges.touch();
				}
				this.readying.unlock();
			}
		}
	}

	private void replaceIfEnded() {
		PhysicalConnection former = this.exchanges.physical();
		PhysicalConnection next = isReplaceable(former) ? substitute(former) : null;
		if (next != null) {
			boolean replaced = false;
			try {
				replaced = replace(former, next);
			}
			catch (SQLException ex) {
				// closed meanwhile
			}
			finally {
				if (!replaced) {
					next.closed();
					abort(next.driver());
				}
			}
		}
	}

	private boolean isReplaceable(PhysicalConnection former) {
		try {
			return this.exchanges.isUntouched() && former.isEndedSinceLent() && this.work.isDeferrable();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Return a connection that is ready for whoever has borrowed the former one.
	 * @return the connection, or {@code null} if none can be had at once
	 */
	private static @Nullable PhysicalConnection substitute(PhysicalConnection former) {
		return former.ledger().substitutes().open(former);
	}

	/**
	 * Go on with another connection, in the same mode and with the same network timeout.
	 * @return whether nobody has given this one back or ended it meanwhile
	 */
	private boolean replace(PhysicalConnection former, PhysicalConnection next) throws SQLException {
		SessionTransaction begun = Work.begunOn(next);
		if (!begun.isIndifferentToMode()) {
			return false;
		}
		if (!former.isLost() && !former.isSuperseded()) {
			former.lost(null);
		}
		boolean mode = this.work.mode();
		int timeout = this.networkTimeout.get(former.driver());
		this.networkTimeout.goOn(next.driver().getNetworkTimeout(), timeout);
		this.work.goOn(begun, next.driver(), mode);
		this.connection.goOnWith(next.driver());
		this.exchanges.goOnWith(next);
		former.ledger().replace(former, next);
		next.opened();
		abort(former.driver());
		return this.exchanges.isUntouched();
	}

	/**
	 * Close a connection at once.
	 */
	private static void abort(Connection driver) {
		try {
			driver.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// as good as aborted
		}
	}

}
