package io.github.connectionguard.session;

import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.unit.AfterFailure;
import io.github.connectionguard.unit.Deadline;
import io.github.connectionguard.unit.UnitAttributes;
import io.github.connectionguard.unit.UnitOfWork;
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

	private final Sessions sessions;

	private final SessionBorrows borrows;

	private final boolean withinMethod = TransactionSynchronizationManager.isSynchronizationActive();

	private final @Nullable Session outer = SessionsOfThread.current();

	private final @Nullable Session around;

	private TransactionDefinition attributes;

	private @Nullable Deadline deadline;

	private UnitOfWork unit;

	private volatile @Nullable Throwable failure;

	private @Nullable Throwable failureInside;

	private @Nullable Throwable undoneBy;

	private @Nullable List<Runnable> afterCommit;

	private boolean unbound;

	private boolean rollbackOnly;

	private volatile boolean commitFailed;

	private Session(Sessions sessions, TransactionDefinition attributes) {
		this.sessions = sessions;
		this.borrows = new SessionBorrows(sessions);
		this.attributes = attributes;
		this.deadline = sessions.newDeadline(attributes);
		this.around = SessionsOfThread.innermost(this.outer, sessions);
		this.unit = beginUnit();
		SessionsOfThread.bind(this);
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

	boolean isOf(Sessions application) {
		return this.sessions == application;
	}

	/**
	 * Return the session around this one that has not been unbound meanwhile.
	 */
	@Nullable Session outer() {
		Session session = this.outer;
		while (session != null && session.unbound) {
			session = session.outer;
		}
		return session;
	}

	/**
	 * Tell whether the session began in a transactional method of the application.
	 */
	boolean isWithinMethod() {
		return this.withinMethod;
	}

	/**
	 * Tell whether the session's work is to be rolled back, as far as is known before its
	 * end.
	 */
	boolean isKnownToFail() {
		if (this.around != null) {
			return this.around.isKnownToFail();
		}
		try {
			return !verdict(Outcome.NO_STATUS).isCommit();
		}
		catch (RuntimeException ex) {
			return false; // asked again at the end, where that matters
		}
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

	/**
	 * Note that the code in the session threw something, and end the session. What the
	 * end throws does not hide that.
	 */
	void endAfter(Throwable thrown, Runnable end) {
		failed(thrown);
		AfterFailure.run(thrown, end);
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
	 * Have something run when the work done so far has been committed: at once where it
	 * took effect statement by statement.
	 * @param action does not throw
	 */
	void afterCommit(Runnable action) {
		if (this.around != null) {
			this.around.afterCommit(action);
		}
		else if (this.unit == UnitOfWork.NONE) {
			action.run();
		}
		else {
			this.afterCommit = (this.afterCommit != null) ? this.afterCommit : new ArrayList<>();
			this.afterCommit.add(action);
		}
	}

	/**
	 * Tell whether something was written that waits for the end of the session's unit.
	 */
	boolean isWaiting() {
		return (this.around != null) ? this.around.isWaiting() : this.unit.isWaiting();
	}

	/**
	 * Tell whether there is no work to end.
	 */
	boolean isUntouched() {
		return isUntouched(this.unit);
	}

	private boolean isUntouched(UnitOfWork asked) {
		return this.around == null && this.failureInside == null && this.afterCommit == null && asked.isUntouched();
	}

	/**
	 * Tell whether the application is in the middle of a transaction, or reads a result,
	 * which the end of the unit would tear apart.
	 */
	boolean isBusy() {
		return this.unit.isBusy() || this.borrows.isReading();
	}

	/**
	 * End the work done so far, and begin another unit. What deals with a failed commit
	 * is in one as well, which is rolled back.
	 * @throws RuntimeException if the commit failed
	 */
	void endUnitAndGoOn(int status) {
		try {
			endUnit(status);
		}
		catch (RuntimeException ex) {
			AfterFailure.run(ex, () -> this.unit = beginUnit());
			throw ex;
		}
		this.unit = beginUnit();
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
	 * this thread borrowed; they are left until it
	 * {@linkplain SessionBorrows#endHandedOn() is over}. If not, they are left alone
	 * within an entity manager, which may give them back later
	 * @throws RuntimeException if the commit failed
	 */
	void end(int status, boolean handedOn) {
		unbind();
		try {
			endUnit(status);
		}
		finally {
			if (this.around == null && this.borrows.clearThread()) {
				endBorrows(status, handedOn);
			}
		}
	}

	private void endBorrows(int status, boolean handedOn) {
		if (handedOn) {
			this.borrows.handOn(() -> verdict(status).isCommit());
		}
		else if (!this.borrows.end(() -> verdict(status).isCommit())) {
			this.commitFailed = true;
			throw new TransactionSystemException("Could not commit what the session left open on a connection");
		}
	}

	/**
	 * Return what the thread of the session borrows.
	 */
	SessionBorrows borrows() {
		return this.borrows;
	}

	private void unbind() {
		this.unbound = true;
		SessionsOfThread.unbind(this);
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
		List<Runnable> actions = (this.afterCommit != null) ? this.afterCommit : List.of();
		this.afterCommit = null;
		Verdict verdict = verdict(ended, status);
		if (this.around != null) {
			endInside(this.around, verdict);
			return;
		}
		if (!verdict.isOfNormalEnd() && ended != UnitOfWork.NONE) {
			this.undoneBy = this.failure;
		}
		UnitEnd end = verdict.end(this.failure, status);
		try {
			ended.end(verdict.isCommit());
			if (verdict.isOfNormalEnd() && this.failureInside != null && ended != UnitOfWork.NONE) {
				throw Verdict.failedInside(this.failureInside);
			}
			ended.ended(end);
			if (verdict.isCommit()) {
				actions.forEach(Runnable::run);
			}
		}
		catch (RuntimeException ex) {
			ended.ended(verdict.isOfNormalEnd() ? UnitOfWork.endBy(ex) : end);
			endFailed(ex, verdict);
		}
	}

	private void endInside(Session around, Verdict verdict) {
		if (!verdict.isCommit()) {
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
	 * Come to a verdict. If the policy fails, so does the commit.
	 */
	private Verdict verdict(UnitOfWork ended, int status) {
		try {
			return verdict(status);
		}
		catch (RuntimeException ex) {
			this.commitFailed = true;
			AfterFailure.run(ex, () -> ended.end(false));
			ended.ended(UnitEnd.POLICY);
			throw ex;
		}
	}

	private Verdict verdict(int status) {
		return Verdict.of(this.commitFailed, this.rollbackOnly, new Outcome(this.failure, status),
				this.sessions.policy(), () -> this.failureInside != null);
	}

	private void endFailed(RuntimeException exception, Verdict verdict) {
		if (verdict.isOfNormalEnd()) {
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

}
