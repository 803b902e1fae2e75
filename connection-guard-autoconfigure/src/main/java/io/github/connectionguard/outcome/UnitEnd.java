package io.github.connectionguard.outcome;

import java.util.Locale;

/**
 * How a unit of work ended, and why so.
 */
public enum UnitEnd {

	/**
	 * It was committed.
	 */
	COMMITTED(Kind.COMMITTED),

	/**
	 * Rolled back, as the handler or the code of a scope threw something.
	 */
	EXCEPTION(Kind.ROLLED_BACK),

	/**
	 * Rolled back for the status of the response.
	 */
	STATUS(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as code asked for that.
	 */
	ROLLBACK_ONLY(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as nobody waited for the result any more.
	 */
	ABANDONED(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as a policy of the application said so or failed.
	 */
	POLICY(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as a scope that had joined failed and nobody passed that on.
	 */
	INSIDE(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as a transaction that had joined failed and nobody passed that on.
	 */
	TRANSACTION(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as a statement was refused when the session's time was over.
	 */
	TIMEOUT(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as a part of it was lost.
	 */
	PART_LOST(Kind.ROLLED_BACK),

	/**
	 * Rolled back, as an earlier commit of the same session had failed.
	 */
	EARLIER_COMMIT(Kind.ROLLED_BACK),

	/**
	 * The commit failed.
	 */
	COMMIT(Kind.FAILED);

	private final Kind kind;

	UnitEnd(Kind kind) {
		this.kind = kind;
	}

	/**
	 * Return what it came to.
	 * @return {@code committed}, {@code rolled_back} or {@code failed}
	 */
	public String outcome() {
		return this.kind.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return why.
	 * @return a word, {@code none} after a commit
	 */
	public String reason() {
		return (this == COMMITTED) ? "none" : name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Tell whether what was written is rolled back.
	 * @return whether it is
	 */
	public boolean isRollback() {
		return this.kind == Kind.ROLLED_BACK;
	}

	private enum Kind {

		COMMITTED, ROLLED_BACK, FAILED

	}

}
