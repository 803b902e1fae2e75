package io.github.connectionguard.session;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.unit.Leftovers;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a session borrows while that lasts, and what becomes of what it has
 * not given back by the end: it is ended there, or left to others who may still use it,
 * and ended when they are done. Used by the session's thread; what was left to others may
 * be ended by another.
 */
final class SessionBorrows {

	private final Sessions sessions;

	private final long since = Lease.borrowsOfThread();

	private final boolean threadWasClean = Leftovers.isThreadClean();

	private final boolean withinEntityManager = Leftovers.isEntityManagerBound();

	private volatile @Nullable HandedOn handedOn;

	SessionBorrows(Sessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Tell whether an entity manager was bound to the thread when the session began.
	 */
	boolean isWithinEntityManager() {
		return this.withinEntityManager;
	}

	/**
	 * Tell whether the thread is in the middle of reading a result.
	 */
	boolean isReading() {
		return this.sessions.isReading(this.since);
	}

	/**
	 * Free the thread from what the session has left bound to it.
	 * @return whether it may have left connections as well
	 */
	boolean clearThread() {
		if (!this.threadWasClean) {
			return false;
		}
		this.sessions.leftovers().clearThread();
		return Lease.mayBeHeldByThread(this.since);
	}

	/**
	 * End what was not given back. Within an entity manager it is left alone, which may
	 * give it back later.
	 * @param commit whether to commit, asked if there is anything
	 * @return whether nothing was lost
	 */
	boolean end(BooleanSupplier commit) {
		return this.withinEntityManager || this.sessions.leftovers().sweep(this.since, commit);
	}

	/**
	 * Leave what was not given back to others, until {@link #endHandedOn()}.
	 * @param commit whether to commit what they leave, asked if there is anything
	 */
	void handOn(BooleanSupplier commit) {
		List<Leftovers.OpenLease> leases = this.sessions.leftovers().leases(this.since);
		if (!leases.isEmpty()) {
			this.handedOn = new HandedOn(leases, commit.getAsBoolean());
		}
	}

	boolean hasHandedOn() {
		return this.handedOn != null;
	}

	/**
	 * Have what was left to others and is not given back rolled back.
	 */
	void failHandedOn() {
		HandedOn left = this.handedOn;
		if (left != null) {
			this.handedOn = new HandedOn(left.leases(), false);
		}
	}

	/**
	 * End what was left to others and was not given back.
	 */
	void endHandedOn() {
		HandedOn left = this.handedOn;
		if (left != null) {
			this.handedOn = null;
			left.leases().forEach((lease) -> this.sessions.leftovers().end(lease, left.commit()));
		}
	}

	/**
	 * Connections that may still be used by others, and how to end what is open on them.
	 */
	private record HandedOn(List<Leftovers.OpenLease> leases, boolean commit) {

	}

}
