package io.github.connectionguard.session;

import java.util.function.BooleanSupplier;

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
