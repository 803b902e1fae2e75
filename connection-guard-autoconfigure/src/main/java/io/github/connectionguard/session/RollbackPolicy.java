package io.github.connectionguard.session;

/**
 * Decides whether a session's work is rolled back. Declare a bean of this type to replace
 * {@link #STANDARD}. Must be thread-safe.
 */
@FunctionalInterface
public interface RollbackPolicy {

	/**
	 * Roll back after anything thrown out of the handler or scope, checked or not,
	 * handled or not, and for a status of 500 and above; commit otherwise.
	 */
	RollbackPolicy STANDARD = (outcome) -> outcome.failure() != null || outcome.status() >= 500;

	/**
	 * Decide about one session.
	 * @param outcome what the session has come to
	 * @return whether to roll back rather than commit
	 */
	boolean shouldRollBack(Outcome outcome);

}
