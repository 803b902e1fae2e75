package io.github.connectionguard.differential;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The steps a program may be made of, some more often than others.
 */
final class Catalog {

	private final Setup setup;

	private final List<Group> groups;

	private final int total;

	private Catalog(Setup setup, List<Group> groups) {
		this.setup = setup;
		this.groups = groups;
		this.total = groups.stream().mapToInt(Group::weight).sum();
	}

	/**
	 * Return the steps that make sense in a set-up.
	 */
	static Catalog of(Setup setup) {
		Stream<Group> common = Stream.of(new Group(10, TransactionSteps.all()), new Group(8, SimpleSteps.all()),
				new Group(3, SimpleSteps.pings()), new Group(4, SimpleSteps.leases()), new Group(5, TextSteps.modes()),
				new Group(5, TextSteps.transactions()), new Group(3, TextSteps.sessions()),
				new Group(3, TextSteps.calls(setup)), new Group(4, ResultSteps.all(setup)),
				new Group(3, StatementSteps.all()), new Group(3, PreparedSteps.all()),
				new Group(1, CallableSteps.all()), new Group(2, ConnectionSteps.all(setup.connector())));
		Stream<Group> special = setup.allowsMultiQueries() ? Stream.of(new Group(6, TextSteps.several()))
				: Stream.empty();
		return new Catalog(setup, Stream.concat(common, special).toList());
	}

	/**
	 * Return the steps that begin and end transactions, or disturb what knows of them.
	 */
	List<Step> transactionSteps() {
		return List.of(TransactionSteps.BEGIN, TransactionSteps.END, TransactionSteps.COMMIT, TransactionSteps.ROLLBACK,
				TransactionSteps.SET_SAVEPOINT, TransactionSteps.ROLLBACK_TO_SAVEPOINT, TransactionSteps.READ_ONLY,
				TransactionSteps.READ_WRITE, TransactionSteps.READ_COMMITTED, TransactionSteps.REPEATABLE_READ,
				SimpleSteps.CHARACTERISTICS, SimpleSteps.INSERT, SimpleSteps.SELECT, SimpleSteps.FAILURE,
				SimpleSteps.DUPLICATE, SimpleSteps.VALID, SimpleSteps.KEEPALIVE, SimpleSteps.BORROW, TextSteps.MODE_OFF,
				TextSteps.MODE_ON, TextSteps.BEGIN, TextSteps.COMMIT, TextSteps.ROLLBACK, TextSteps.CALL_THAT_FAILS,
				ResultSteps.stream(this.setup), ResultSteps.streamByExecute(this.setup));
	}

	/**
	 * Draw a step.
	 */
	Step draw(Random random) {
		int number = random.nextInt(this.total);
		for (Group group : this.groups) {
			if (number < group.weight()) {
				return group.steps().get(random.nextInt(group.steps().size()));
			}
			number -= group.weight();
		}
		throw new IllegalStateException();
	}

	/**
	 * Steps of a kind.
	 */
	private record Group(int weight, List<Step> steps) {

	}

}
