package io.github.connectionguard.differential;

import java.util.regex.Pattern;

/**
 * What can be seen after a step.
 *
 * @param outcome what the step returned or threw
 * @param state what state the connection is in
 * @param autoCommit the mode it says it is in
 * @param rows what a second connection sees
 * @param unlocked which rows it could lock
 */
record Observation(String outcome, State state, String autoCommit, String rows, String unlocked) {

	private static final Pattern FAILURE = Pattern.compile("\\w+Exception\\b");

	/**
	 * Tell whether only others see a difference.
	 */
	boolean differsForOthersAlone(Observation another) {
		return !equals(another) && equalsButForOthers(another);
	}

	/**
	 * Tell whether the connection itself shows no difference.
	 */
	boolean equalsButForOthers(Observation another) {
		return this.outcome.equals(another.outcome) && this.state == another.state
				&& this.autoCommit.equals(another.autoCommit);
	}

	/**
	 * Tell whether the step threw something.
	 */
	boolean hasFailed() {
		return FAILURE.matcher(this.outcome).lookingAt();
	}

	@Override
	public String toString() {
		return "%s; %s; autoCommit %s; others see %s, could lock %s".formatted(this.outcome, this.state,
				this.autoCommit, this.rows, this.unlocked);
	}

	/**
	 * The state of a connection.
	 */
	enum State {

		/**
		 * The driver takes it for usable.
		 */
		OPEN,

		/**
		 * Borrowed, but no longer usable.
		 */
		DEAD,

		/**
		 * Given back, or taken away by the pool.
		 */
		CLOSED

	}

}
