package io.github.connectionguard.session;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Something to do when work has been committed. What it throws would tell of a failure
 * although nothing of that work is lost, so it is logged. Of a transaction it is told at
 * its completion, as what is registered after the commit is told of that alone.
 */
final class AfterCommit implements TransactionSynchronization, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(AfterCommit.class);

	private final Runnable action;

	private final @Nullable Session session;

	/**
	 * Create it.
	 * @param action what to do
	 * @param session the session it is asked for in
	 */
	AfterCommit(Runnable action, @Nullable Session session) {
		this.action = action;
		this.session = session;
	}

	@Override
	public void run() {
		try {
			this.action.run();
		}
		catch (Exception | Error ex) {
			logger.error("What was to be done after a commit has failed; the work is committed", ex);
		}
	}

	@Override
	public void afterCompletion(int status) {
		if (status != STATUS_COMMITTED) {
			return;
		}
		if (this.session != null && this.session.isWaiting()) {
			this.session.afterCommit(this);
		}
		else {
			run();
		}
	}

}
