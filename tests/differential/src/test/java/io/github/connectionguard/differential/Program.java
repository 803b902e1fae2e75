package io.github.connectionguard.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is done with one connection of a pool after the other.
 *
 * @param steps the steps, in order
 */
record Program(List<Step> steps) {

	private static final int SHORTEST = 6;

	private static final int LONGEST = 16;

	/**
	 * Return the program that belongs to a seed. It ends with what the next lease finds.
	 */
	static Program random(Catalog catalog, long seed) {
		Random random = new Random(seed);
		int length = random.nextInt(SHORTEST, LONGEST + 1);
		return new Program(Stream.generate(() -> catalog.draw(random)).limit(length).toList())
			.then(of(SimpleSteps.BORROW, SimpleSteps.DESCRIBE, SimpleSteps.INSERT, SimpleSteps.BORROW));
	}

	/**
	 * Return one of the programs that have some steps in a transaction that has written.
	 * @param steps the steps to choose from
	 * @param number the number of the choice
	 * @param length how many are chosen
	 */
	static Program inTransaction(List<Step> steps, int number, int length) {
		Program program = of(TransactionSteps.BEGIN, SimpleSteps.INSERT);
		for (int i = 0, rest = number; i < length; i++, rest /= steps.size()) {
			program = program.then(of(steps.get(rest % steps.size())));
		}
		return program.then(of(TransactionSteps.COMMIT, SimpleSteps.BORROW, SimpleSteps.INSERT, SimpleSteps.BORROW));
	}

	/**
	 * Return the program that is several ones in turn, each with a lease of its own.
	 */
	static Program inTurn(List<Program> programs) {
		return programs.stream()
			.reduce(new Program(List.of()), (before, next) -> before.then(of(SimpleSteps.BORROW)).then(next));
	}

	static Program of(Step... steps) {
		return new Program(List.of(steps));
	}

	/**
	 * Tell whether a connection had better not run another program after this one.
	 */
	boolean leavesTraces() {
		return this.steps.stream().anyMatch(Step::leavesTraces);
	}

	Program without(int from, int to) {
		List<Step> rest = new ArrayList<>(this.steps.subList(0, from));
		rest.addAll(this.steps.subList(to, this.steps.size()));
		return new Program(rest);
	}

	Program then(Program next) {
		return new Program(Stream.concat(this.steps.stream(), next.steps.stream()).toList());
	}

	@Override
	public String toString() {
		return this.steps.stream().map(Step::text).collect(Collectors.joining("; "));
	}

}
