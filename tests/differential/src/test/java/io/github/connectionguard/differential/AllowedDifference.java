package io.github.connectionguard.differential;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.connectionguard.differential.Observation.State;

/**
 * The differences that are as they should be, and why. After one, both sides go on with
 * new connections.
 */
enum AllowedDifference {

	/**
	 * MySQL Connector/J says of a rollback that it refuses in auto-commit mode what it
	 * says of a connection that is gone (SQLState 08003), and HikariCP throws the
	 * connection away. The guard knows better and keeps it.
	 */
	SOUND_CONNECTION_KEPT((setup, made, before, plain, guarded) -> plain.state() == State.CLOSED
			&& guarded.state() == State.OPEN && plain.outcome().equals(guarded.outcome())
			&& plain.outcome().contains(" 08003 ") && plain.rows().equals(guarded.rows())),

	/**
	 * After a death the guard's connection says so in its own words and lets whatever
	 * ends the work succeed, where HikariCP takes the connection away at the next
	 * exception.
	 */
	TOMBSTONE((setup, made, before, plain,
			guarded) -> (before == State.DEAD || guarded.state() == State.DEAD || died(made))
					&& plain.rows().equals(guarded.rows())),

	/**
	 * HikariCP lends what was used in the last half second without a look, even if it is
	 * dead.
	 */
	DEAD_NOT_LENT(
			(setup, made, before, plain, guarded) -> made.stream().anyMatch(SimpleSteps.ENDS_OF_SESSIONS::contains)
					&& (plain.state() != State.OPEN || plain.hasFailed()) && guarded.state() == State.OPEN
					&& plain.rows().equals(guarded.rows())),

	/**
	 * MariaDB's driver takes the auto-commit mode from the server's last good answer.
	 * When a statement has changed it and then failed, a ping is the first to tell, be it
	 * of the keepalive or of a borrow.
	 */
	MODE_TOLD_BY_PING((setup, made, before, plain,
			guarded) -> (made.contains(TextSteps.CALL_THAT_SWITCHES_AND_FAILS) || switchedInVain(setup, made))
					&& !plain.autoCommit().equals(guarded.autoCommit()) && plain.outcome().equals(guarded.outcome())
					&& plain.state() == guarded.state() && plain.rows().equals(guarded.rows())),

	/**
	 * With {@code useLocalTransactionState}, MySQL Connector/J forgets a transaction over
	 * a ping or an error and leaves the rollback of a connection that is given back out,
	 * so that what nobody committed is committed by the change of the mode.
	 */
	DROPPED_WORK_STAYS_UNDONE((setup, made, before, plain, guarded) -> setup.tracksTransactionsItself()
			&& made.get(made.size() - 1) == SimpleSteps.BORROW && plain.equalsButForOthers(guarded));

	private final Test test;

	AllowedDifference(Test test) {
		this.test = test;
	}

	/**
	 * Tell which one it is.
	 * @param setup how both connections are set up
	 * @param made the steps, the last of which shows it
	 * @param before the state of both connections before that one
	 */
	static Optional<AllowedDifference> of(Setup setup, List<Step> made, State before, Observation plain,
			Observation guarded) {
		return Stream.of(values())
			.filter((allowed) -> allowed.test.test(setup, made, before, plain, guarded))
			.findFirst();
	}

	/**
	 * Tell whether a procedure may have switched the mode and then failed, since its
	 * transaction could only read.
	 */
	private static boolean switchedInVain(Setup setup, List<Step> made) {
		return made.stream().anyMatch(TextSteps.CALLS_THAT_SWITCH_AND_WRITE::contains)
				&& (setup.onlyReads() || made.stream().anyMatch(TextSteps::mayHaveTransactionsOnlyRead));
	}

	/**
	 * Tell whether the session has been ended since it was lent, which the driver may not
	 * know yet.
	 */
	private static boolean died(List<Step> made) {
		List<Step> lease = made.subList(made.subList(0, made.size() - 1).lastIndexOf(SimpleSteps.BORROW) + 1,
				made.size() - 1);
		return lease.stream().anyMatch(SimpleSteps.ENDS_OF_SESSIONS::contains);
	}

	@FunctionalInterface
	private interface Test {

		boolean test(Setup setup, List<Step> made, State before, Observation plain, Observation guarded);

	}

}
