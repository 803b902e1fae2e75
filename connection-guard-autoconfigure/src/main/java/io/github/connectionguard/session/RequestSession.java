package io.github.connectionguard.session;

import org.jspecify.annotations.Nullable;

/**
 * The session of one dispatch of a request: a unit of work, and the duty to leave nothing
 * behind. Belongs to the thread that began it; calls from other threads do nothing.
 */
public final class RequestSession {

	private final Sessions sessions;

	private final Thread owner = Thread.currentThread();

	private final long since;

	private final boolean threadWasClean = Leftovers.isThreadClean();

	private @Nullable UnitOfWork unit;

	private @Nullable Throwable failure;

	private boolean commitFailed;

	private boolean optedOut;

	RequestSession(Sessions sessions, long since) {
		this.sessions = sessions;
		this.since = since;
		this.unit = sessions.beginUnit();
	}

	/**
	 * Note that the handler threw something, whatever becomes of it.
	 * @param thrown what it threw
	 */
	public void failed(Throwable thrown) {
		if (this.failure == null) {
			this.failure = thrown;
		}
	}

	/**
	 * Tell whether a commit of this session has failed, after which no response may say
	 * that all went well.
	 * @return whether one has
	 */
	public boolean isCommitFailed() {
		return this.commitFailed;
	}

	/**
	 * End the work done so far, because the client is about to learn of the outcome. Work
	 * after that is another unit. Where the application is in the middle of a
	 * transaction, or reads rows that are still on the wire, the work ends later.
	 * @param status the status the client will see
	 * @throws RuntimeException if the commit failed
	 */
	public void beforeResponse(int status) {
		UnitOfWork current = this.unit;
		if (Thread.currentThread() != this.owner || current == null || current.isBusy()
				|| this.sessions.isStreaming(this.since)) {
			return;
		}
		this.unit = UnitOfWork.NONE;
		endUnit(current, status);
		if (!this.optedOut) {
			this.unit = this.sessions.beginUnit();
		}
	}

	/**
	 * End the work done so far, and let what follows take effect statement by statement.
	 * @param status the status of the response so far
	 * @throws RuntimeException if the commit failed
	 */
	public void optOut(int status) {
		UnitOfWork current = this.unit;
		if (Thread.currentThread() == this.owner && current != null) {
			this.unit = UnitOfWork.NONE;
			this.optedOut = true;
			endUnit(current, status);
		}
	}

	/**
	 * End the session on its thread, and everything the thread left open.
	 * @param status the status of the response
	 * @param handedOn whether the request goes on elsewhere, which may still use
	 * connections this thread borrowed
	 * @throws RuntimeException if the commit failed
	 */
	public void end(int status, boolean handedOn) {
		UnitOfWork current = this.unit;
		if (Thread.currentThread() != this.owner || current == null) {
			return;
		}
		this.unit = null;
		try {
			endUnit(current, status);
		}
		finally {
			if (!handedOn) {
				endLeftovers(status);
			}
		}
	}

	private void endUnit(UnitOfWork ended, int status) {
		boolean commit = isCommit(status);
		try {
			ended.end(commit);
		}
		catch (RuntimeException ex) {
			this.commitFailed = this.commitFailed || commit;
			failed(ex);
			if (commit) {
				throw ex;
			}
			this.sessions.tellFailedRollback(ex);
		}
	}

	private void endLeftovers(int status) {
		Leftovers leftovers = this.sessions.leftovers();
		if (this.threadWasClean && !Leftovers.isThreadClean()) {
			leftovers.clearThread();
		}
		leftovers.sweep(this.since, isCommit(status));
	}

	private boolean isCommit(int status) {
		return !this.commitFailed && !this.sessions.policy().shouldRollBack(new Outcome(this.failure, status));
	}

}
