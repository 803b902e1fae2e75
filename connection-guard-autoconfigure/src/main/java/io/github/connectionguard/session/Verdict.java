package io.github.connectionguard.session;

import java.util.function.BooleanSupplier;

import io.github.connectionguard.outcome.UnitEnd;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the work of a session is committed or rolled back, and why. Of several reasons
 * the first counts, in the order of the values.
 */
enum Verdict {

	/**
	 * A commit has failed before, so that nobody is told of a success any more.
	 */
	COMMIT_FAILED,

	/**
	 * Code said so, or that of a session within, without throwing anything.
	 */
	ROLLBACK_ONLY,

	/**
	 * The {@link RollbackPolicy} says so.
	 */
	POLICY,

	/**
	 * A session within failed, whose work cannot be told apart, and nobody passed that
	 * on. The session itself ended normally, so it has to say that it was rolled back.
	 */
	FAILED_INSIDE,

	/**
	 * Nothing speaks against it.
	 */
	COMMIT;

	/**
	 * What Spring's exceptions begin with for a client that has gone or was answered
	 * already. They may not be there.
	 */
	private static final String NOBODY_WAITS = "org.springframework.web.context.request.async.AsyncRequest";

	/**
	 * Come to a verdict.
	 * @param commitFailed whether a commit has failed
	 * @param rollbackOnly whether code asked for a rollback
	 * @param outcome what the session has come to
	 * @param policy asked unless the verdict is clear without
	 * @param failedInside tells whether a session within failed, asked last
	 */
	static Verdict of(boolean commitFailed, boolean rollbackOnly, Outcome outcome, RollbackPolicy policy,
			BooleanSupplier failedInside) {
		if (commitFailed) {
			return COMMIT_FAILED;
		}
		if (rollbackOnly) {
			return ROLLBACK_ONLY;
		}
		if (policy.shouldRollBack(outcome)) {
			return POLICY;
		}
		return failedInside.getAsBoolean() ? FAILED_INSIDE : COMMIT;
	}

	/**
	 * Return how a unit of work ends by this verdict.
	 * @param failure what was thrown in the session
	 * @param status the status of the response
	 */
	UnitEnd end(@Nullable Throwable failure, int status) {
		return switch (this) {
			case COMMIT_FAILED -> UnitEnd.EARLIER_COMMIT;
			case ROLLBACK_ONLY -> UnitEnd.ROLLBACK_ONLY;
			case POLICY -> endByPolicy(failure, status);
			case FAILED_INSIDE -> UnitEnd.INSIDE;
			case COMMIT -> UnitEnd.COMMITTED;
		};
	}

	private static UnitEnd endByPolicy(@Nullable Throwable failure, int status) {
		if (failure != null) {
			return failure.getClass().getName().startsWith(NOBODY_WAITS) ? UnitEnd.ABANDONED : UnitEnd.EXCEPTION;
		}
		return (status >= 500) ? UnitEnd.STATUS : UnitEnd.POLICY;
	}

	/**
	 * Return what to throw at the normal end of a session within which another one
	 * failed.
	 * @param thrown how that failed
	 */
	static SessionRolledBackException failedInside(Throwable thrown) {
		return new SessionRolledBackException("The session ended normally, but its work was rolled back: a scope that "
				+ "had joined it failed, and the exception was caught (see the cause). Pass the exception on, or give "
				+ "that work a transaction of its own (REQUIRES_NEW) or a thread of its own", thrown);
	}

	boolean isCommit() {
		return this == COMMIT;
	}

	/**
	 * Tell whether a commit is what the session itself came to.
	 */
	boolean isOfNormalEnd() {
		return this == COMMIT || this == FAILED_INSIDE;
	}

}
