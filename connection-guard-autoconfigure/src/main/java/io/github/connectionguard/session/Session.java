package io.github.connectionguard.session;

import java.util.List;

import io.github.connectionguard.connection.Borrows;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What runs between a begin and an end on one thread: units of work one after the other,
 * and the duty to leave nothing behind. Bound to the thread, so that code which runs in
 * it can find it. A session within another has no unit of its own and sweeps nothing up,
 * as it cannot tell what belongs to the one around it; where it would roll back, that one
 * has to. Used by one thread; only a failure may be noted from another.
 */
final class Session {

	private static final TransactionDefinition DEFAULT = new DefaultTransactionDefinition();

	/**
	 * The innermost session of each thread. Faster than a resource of the transaction
	 * synchronization, which every request without a database would pay for.
	 */
	private static final ThreadLocal<@Nullable Session> CURRENT = new ThreadLocal<>();

	private final Sessions sessions;

	private final long since = Borrows.ofThread();

	private final boolean withinMethod = TransactionSynchronizationManager.isSynchronizationActive();

	private final boolean threadWasClean = Leftovers.isThreadClean();

	private final boolean withinEntityManager = Leftovers.isEntityManagerBound();

	private final @Nullable Session outer = current();

	private final @Nullable Session around;

	private TransactionDefinition attributes;

	private @Nullable Deadline deadline;

	private UnitOfWork unit;

	private volatile @Nullable Throwable failure;

	private @Nullable Throwable failureInside;

	private @Nullable Throwable undoneBy;

	private boolean unbound;

	private boolean rollbackOnly;

	private volatile boolean commitFailed;

	private volatile @Nullable HandedOn handedOn;

	private Session(Sessions sessions, TransactionDefinition attributes) {
		this.sessions = sessions;
		this.attributes = attributes;
		this.deadline = sessions.newDeadline(attributes);
		this.around = current(sessions);
		this.unit = beginUnit();
		CURRENT.set(this);
	}

	/**
	 * Begin a session and bind it to the thread. Borrows nothing.
	 */
	static Session begin(Sessions sessions) {
		return new Session(sessions, DEFAULT);
	}

	/**
	 * Begin another session of the same application, with the same attributes, and bind
	 * it to the current thread.
	 */
	Session another() {
		return new Session(this.sessions, this.attributes);
	}

	/**
	 * Return the innermost session of the thread, of whichever application.
	 */
	static @Nullable Session current() {
		return CURRENT.get();
	}

	/**
	 * Return the innermost session of the thread that is of the same application.
	 */
	static @Nullable Session current(Sessions sessions) {
		Session session = current();
		while (session != null && session.sessions != sessions) {
			session = session.outer();
		}
		return session;
	}

	/**
	 * Return the session around this one that has not been unbound meanwhile.
	 */
	private @Nullable Session outer() {
		Session session = this.outer;
		while (session != null && session.unbound) {
			session = session.outer;
		}
		return session;
	}

	/**
	 * Tell whether the session of the thread began in a transactional method of the
	 * application, whose rules do not reach into it.
	 */
	static boolean isWithinMethod() {
		Session session = current();
		return session != null && session.withinMethod;
	}

	/**
	 * Tell whether the work of the thread's session is to be rolled back, as far as is
	 * known before its end.
	 */
	static boolean isFailed() {
		Session session = current();
		while (session != null && session.around != null) {
			session = session.around;
		}
		return session != null && session.isKnownToFail();
	}

	/**
	 * Note that the code in the session threw something, whatever becomes of it. The
	 * first that is noted counts.
	 */
	void failed(Throwable thrown) {
		if (this.failure == null) {
			this.failure = thrown;
		}
	}

	boolean isCommitFailed() {
		return this.commitFailed;
	}

	/**
	 * Return the failure because of which work was rolled back.
	 */
	@Nullable Throwable undoneBy() {
		return this.undoneBy;
	}

	/**
	 * Have the session end in a rollback, and a {@code @Transactional} method that the
	 * thread is in as well, whose transaction may be one apart.
	 */
	void setRollbackOnly() {
		this.rollbackOnly = true;
		try {
			TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
		}
		catch (NoTransactionException ex) {
			// not in such a method
		}
	}

	/**
	 * Tell whether there is no work to end.
	 */
	boolean isUntouched() {
		return isUntouched(this.unit);
	}

	private boolean isUntouched(UnitOfWork asked) {
		return this.around == null && this.failureInside == null && asked.isUntouched();
	}

	/**
	 * Tell whether the application is in the middle of a transaction, or reads a result,
	 * which the end of the unit would tear apart.
	 */
	boolean isBusy() {
		return this.unit.isBusy() || this.sessions.isReading(this.since);
	}

	/**
	 * End the work done so far, and begin another unit.
	 * @throws RuntimeException if the commit failed
	 */
	void endUnitAndGoOn(int status) {
		try {
			endUnit(status);
		}
		catch (RuntimeException ex) {
			beginUnitAfter(ex);
			throw ex;
		}
		this.unit = beginUnit();
	}

	/**
	 * Have what deals with a failed commit in a unit as well, which is rolled back.
	 */
	private void beginUnitAfter(RuntimeException failure) {
		try {
			this.unit = beginUnit();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * End the work done so far, and begin another unit with other attributes. Goes on
	 * with the one there is if it has the same.
	 * @throws RuntimeException if the commit failed
	 */
	void goOnWith(TransactionDefinition next, int status) {
		if (!next.equals(this.attributes)) {
			this.attributes = next;
			this.deadline = this.sessions.newDeadline(next);
			endUnitAndGoOn(status);
		}
	}

	/**
	 * End the work done so far, and let what follows take effect statement by statement,
	 * or in sessions of its own.
	 * @throws RuntimeException if the commit failed
	 */
	void optOut(int status) {
		unbind();
		endUnit(status);
	}

	/**
	 * End the session, and everything the thread left open.
	 * @param handedOn whether the work goes on elsewhere, which may still use connections
	 * this thread borrowed; they are left until it {@linkplain #endHandedOn() is over}.
	 * If not, they are left alone within an entity manager, which may give them back
	 * later
	 * @throws RuntimeException if the commit failed
	 */
	void end(int status, boolean handedOn) {
		unbind();
		try {
			endUnit(status);
		}
		finally {
			if (this.around == null && this.threadWasClean) {
				this.sessions.leftovers().clearThread();
				if (Borrows.ofThread() != this.since) {
					endBorrowed(status, handedOn);
				}
			}
		}
	}

	private void endBorrowed(int status, boolean handedOn) {
		if (handedOn) {
			handOn(status);
		}
		else if (!this.withinEntityManager) {
			endLeftovers(status);
		}
	}

	private void handOn(int status) {
		List<Leftovers.OpenLease> leases = this.sessions.leftovers().leases(this.since);
		if (!leases.isEmpty()) {
			this.handedOn = new HandedOn(leases, isCommitOfAll(status));
		}
	}

	/**
	 * Tell whether an entity manager was bound to the thread when the session began.
	 */
	boolean isWithinEntityManager() {
		return this.withinEntityManager;
	}

	/**
	 * Tell whether the session has ended and connections it borrowed may still be used
	 * elsewhere.
	 */
	boolean hasHandedOn() {
		return this.handedOn != null;
	}

	/**
	 * Have what was left to be used elsewhere and is not given back rolled back at its
	 * end, since nobody waited for it. May be called from another thread.
	 */
	void failHandedOn() {
		HandedOn left = this.handedOn;
		if (left != null) {
			this.handedOn = new HandedOn(left.leases(), false);
		}
	}

	/**
	 * End what was left to be used elsewhere and was not given back. May be called from
	 * another thread.
	 */
	void endHandedOn() {
		HandedOn left = this.handedOn;
		if (left != null) {
			this.handedOn = null;
			left.leases().forEach((lease) -> this.sessions.leftovers().end(lease, left.commit()));
		}
	}

	private void unbind() {
		this.unbound = true;
		if (current() == this) {
			CURRENT.set(outer());
		}
	}

	private UnitOfWork beginUnit() {
		return (this.around != null) ? UnitOfWork.NONE : this.sessions.beginUnit(
				new UnitAttributes(this.attributes.isReadOnly(), this.attributes.getIsolationLevel(), this.deadline));
	}

	private void endUnit(int status) {
		UnitOfWork ended = this.unit;
		this.unit = UnitOfWork.NONE;
		if (isUntouched(ended)) {
			ended.end(true);
			return;
		}
		boolean commit = isCommit(ended, status);
		if (this.around != null) {
			endInside(this.around, commit);
			return;
		}
		if (!commit && ended != UnitOfWork.NONE) {
			this.undoneBy = this.failure;
		}
		try {
			ended.end(commit && this.failureInside == null);
			if (commit && this.failureInside != null && ended != UnitOfWork.NONE) {
				throw SessionRolledBackException.becauseOfAScope(this.failureInside);
			}
		}
		catch (RuntimeException ex) {
			endFailed(ex, commit);
		}
	}

	private void endInside(Session around, boolean commit) {
		if (!commit || this.failureInside != null) {
			around.undoInside((this.failure != null) ? this.failure : this.failureInside);
		}
	}

	/**
	 * A session within this one would roll back. Its work cannot be told apart from the
	 * rest, so none of it may be committed; unless it belongs to a transaction apart,
	 * whose owner decides.
	 */
	private void undoInside(@Nullable Throwable thrown) {
		if (isApart()) {
			return;
		}
		if (thrown == null) {
			this.rollbackOnly = true;
		}
		else if (this.failureInside == null) {
			this.failureInside = thrown;
		}
	}

	private boolean isApart() {
		return (this.around != null) ? this.around.isApart() : this.unit.isApart();
	}

	/**
	 * Ask the policy. If it fails, so does the commit.
	 */
	private boolean isCommit(UnitOfWork ended, int status) {
		try {
			return isCommit(status);
		}
		catch (RuntimeException ex) {
			this.commitFailed = true;
			try {
				ended.end(false);
			}
			catch (RuntimeException unended) {
				ex.addSuppressed(unended);
			}
			throw ex;
		}
	}

	private void endFailed(RuntimeException exception, boolean commit) {
		if (commit) {
			this.commitFailed = true;
			failed(exception);
			throw exception;
		}
		if (this.failure != null && this.failure != exception) {
			this.failure.addSuppressed(exception);
		}
		failed(exception);
		this.sessions.tellFailedRollback(exception);
	}

	private void endLeftovers(int status) {
		if (!this.sessions.leftovers().sweep(this.since, () -> isCommitOfAll(status))) {
			this.commitFailed = true;
			throw new TransactionSystemException("Could not commit what the session left open on a connection");
		}
	}

	private boolean isKnownToFail() {
		try {
			return !isCommitOfAll(Outcome.NO_STATUS);
		}
		catch (RuntimeException ex) {
			return false; // asked again at the end, where that matters
		}
	}

	private boolean isCommitOfAll(int status) {
		return isCommit(status) && this.failureInside == null;
	}

	private boolean isCommit(int status) {
		return !this.commitFailed && !this.rollbackOnly
				&& !this.sessions.policy().shouldRollBack(new Outcome(this.failure, status));
	}

	/**
	 * Connections that may still be used elsewhere, and how to end what is open on them.
	 */
	private record HandedOn(List<Leftovers.OpenLease> leases, boolean commit) {

	}

}
