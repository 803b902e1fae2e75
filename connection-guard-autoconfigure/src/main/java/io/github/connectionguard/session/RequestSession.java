package io.github.connectionguard.session;

import io.github.connectionguard.connection.Lease;
import io.github.connectionguard.unit.Leftovers;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionDefinition;

/**
 * The session of one dispatch of a request, which ends before the client learns of the
 * outcome. Belongs to the thread that began it; calls from other threads do nothing.
 */
public final class RequestSession {

	private final Session session;

	private final Thread owner = Thread.currentThread();

	private @Nullable String method;

	private @Nullable String path;

	private volatile boolean optedOut;

	private boolean handedOver;

	private boolean ended;

	RequestSession(Session session) {
		this.session = session;
	}

	/**
	 * Note which request the session is of, so that whoever asks who holds a connection
	 * is told that as well.
	 * @param requestMethod the request's method
	 * @param requestPath the request's path
	 */
	public void isOf(@Nullable String requestMethod, @Nullable String requestPath) {
		this.method = requestMethod;
		this.path = requestPath;
		Lease.borrowsOfThreadAreFor(requestMethod, requestPath);
	}

	/**
	 * Begin a session on the current thread, for work of the same request that was handed
	 * over to it. Borrows nothing. The other one has the attributes of this one, or opts
	 * out with it. If this is the thread of this session, what it did so far is ended,
	 * and it has no work of its own any more.
	 * @param status the status of the response so far
	 * @return the session
	 * @throws RuntimeException if a commit failed
	 */
	public RequestSession continueHere(int status) {
		boolean inherited = this.optedOut;
		handOver(status);
		RequestSession continued = new RequestSession(this.session.another());
		continued.isOf(this.method, this.path);
		if (inherited) {
			continued.optOut(status);
		}
		return continued;
	}

	/**
	 * Note that the handler threw something, whatever becomes of it. May be called from
	 * another thread.
	 * @param thrown what it threw
	 */
	public void failed(Throwable thrown) {
		this.session.failed(thrown);
	}

	/**
	 * Note that the handler threw something, and end the session. What the end throws
	 * does not hide that: it is suppressed.
	 * @param thrown what the handler threw
	 * @param end ends the session
	 */
	public void endAfter(Throwable thrown, Runnable end) {
		this.session.endAfter(thrown, end);
	}

	/**
	 * Tell whether a commit of this session has failed, after which no response may say
	 * that all went well.
	 * @return whether one has
	 */
	public boolean isCommitFailed() {
		return this.session.isCommitFailed();
	}

	/**
	 * End the work done so far, because the client is about to learn of the outcome. Work
	 * after that is another unit. Where the application is in the middle of a
	 * transaction, or reads a result, the work ends later.
	 * @param status the status the client will see
	 * @return whether the work has ended, or belongs to nobody
	 * @throws RuntimeException if the commit failed
	 */
	public boolean beforeResponse(int status) {
		if (!hasWork() || this.session.isUntouched()) {
			return true;
		}
		if (this.session.isBusy()) {
			return false;
		}
		this.session.endUnitAndGoOn(status);
		return true;
	}

	/**
	 * End the work done so far, because another thread is about to go on with the
	 * request. What this one still does takes effect statement by statement: the other
	 * one may use what a unit would, such as an entity manager. Where the application is
	 * in the middle of a transaction, the work ends later.
	 * @param status the status of the response so far
	 * @return whether the work has ended, or belongs to nobody
	 * @throws RuntimeException if the commit failed
	 */
	public boolean handOver(int status) {
		if (!hasWork()) {
			return true;
		}
		if (this.session.isBusy()) {
			return false;
		}
		this.handedOver = true;
		this.session.optOut(status);
		return true;
	}

	/**
	 * End the work done so far, and let what follows take effect statement by statement.
	 * @param status the status of the response so far
	 * @throws RuntimeException if the commit failed
	 */
	public void optOut(int status) {
		if (hasWork()) {
			this.optedOut = true;
			this.session.optOut(status);
		}
	}

	/**
	 * End the work done so far, unless it has these very attributes, and begin what
	 * follows with them. Where the application is in the middle of a transaction, that
	 * goes on as it began.
	 * @param attributes whether the work only reads, its isolation level and its timeout
	 * @param status the status of the response so far
	 * @throws RuntimeException if the commit failed
	 */
	public void goOnWith(TransactionDefinition attributes, int status) {
		if (hasWork() && !this.session.isBusy()) {
			this.session.goOnWith(attributes, status);
		}
	}

	/**
	 * End the session on its thread, and everything the thread left open.
	 * @param status the status of the response
	 * @param handedOn whether the request goes on elsewhere, which may still use
	 * connections this thread borrowed; see {@link #hasHandedOn()}
	 * @throws RuntimeException if the commit failed
	 */
	public void end(int status, boolean handedOn) {
		if (isOpen()) {
			this.ended = true;
			try {
				this.session.end(status, handedOn);
			}
			finally {
				Lease.borrowsOfThreadAreFor(null, null);
			}
		}
	}

	/**
	 * Tell whether an entity manager was bound to the thread when the session began, such
	 * as that of a view, which may give back only after the session's end what it
	 * borrows.
	 * @return whether one was
	 */
	public boolean isWithinEntityManager() {
		return this.session.borrows().isWithinEntityManager();
	}

	/**
	 * Tell whether an entity manager is bound to the current thread.
	 * @return whether one is
	 */
	public static boolean isEntityManagerBound() {
		return Leftovers.isEntityManagerBound();
	}

	/**
	 * Object to a success of which the client has learned before the work had ended, if
	 * the work was rolled back because of a failure, even of one that was handled.
	 * @throws SessionRolledBackException if it was
	 */
	public void confirmEarlyResponse() {
		Throwable failure = this.session.undoneBy();
		if (failure != null) {
			throw new SessionRolledBackException("The work of the request was rolled back because of a failure that "
					+ "was handled (see the cause), but a response that told of a success was sent in part before, in "
					+ "the middle of a transaction or of a result that was read row by row. The response is broken off",
					failure);
		}
	}

	/**
	 * Tell whether this session has ended and the request, which goes on elsewhere, may
	 * still use connections it borrowed.
	 * @return whether {@link #endHandedOn()} may have something to do
	 */
	public boolean hasHandedOn() {
		return this.session.borrows().hasHandedOn();
	}

	/**
	 * Have what was handed on and is never given back rolled back at its end, since
	 * nobody waited for it. May be called from another thread.
	 */
	public void failHandedOn() {
		this.session.borrows().failHandedOn();
	}

	/**
	 * End what was handed on and never given back, now that the request is over. May be
	 * called from another thread.
	 */
	public void endHandedOn() {
		this.session.borrows().endHandedOn();
	}

	private boolean hasWork() {
		return isOpen() && !this.optedOut && !this.handedOver;
	}

	/**
	 * Tell whether this is the session of the current thread and has not ended.
	 * @return whether it is
	 */
	public boolean isOpen() {
		return Thread.currentThread() == this.owner && !this.ended;
	}

}
