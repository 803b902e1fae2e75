package io.github.connectionguard.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.connectionguard.testsupport.TestServer;
import org.assertj.core.api.Assertions;

/**
 * Many programs on the same two sides, of which those that differ are made short and
 * told.
 */
final class Campaign implements AutoCloseable {

	/**
	 * How many differences are enough to tell.
	 */
	private static final int ENOUGH = Integer.getInteger("differential.enough", 3);

	/**
	 * How many programs in a row may run on the same connection.
	 */
	private static final int LONGEST_ROW = 10;

	private final Setup setup;

	private final Catalog catalog;

	private final Sides sides;

	private final List<Program> row = new ArrayList<>();

	private final Map<String, String> differences = new LinkedHashMap<>();

	Campaign(TestServer server, Setup setup) throws SQLException {
		this.setup = setup;
		this.catalog = Catalog.of(setup);
		this.sides = Sides.open(server, setup);
	}

	/**
	 * Run the programs of consecutive seeds, or that of the one that was asked for.
	 */
	void random(long firstSeed, int count) throws SQLException {
		Long only = Long.getLong("differential.seed");
		long first = (only != null) ? only : firstSeed;
		long end = (only != null) ? only + 1 : firstSeed + count;
		for (long seed = first; seed < end && !isEnough(); seed++) {
			compare("seed " + seed, Program.random(this.catalog, seed));
		}
		tell();
	}

	/**
	 * Run a program for all the ways to have some transaction steps follow upon one
	 * another.
	 */
	void systematic(int length) throws SQLException {
		List<Step> steps = this.catalog.transactionSteps();
		double end = Math.pow(steps.size(), length);
		for (int number = 0; number < end && !isEnough(); number++) {
			compare("number " + number, Program.inTransaction(steps, number, length));
		}
		tell();
	}

	/**
	 * Call every method there is.
	 */
	void interfaces() throws SQLException {
		for (Program program : InterfaceSteps.programs()) {
			compare("every method", program);
			renew();
		}
		tell();
	}

	private void compare(String name, Program program) throws SQLException {
		this.row.add(program);
		Optional<Difference> seen = this.sides.run(program);
		if (seen.isPresent()) {
			note(name, program, seen.get());
		}
		if (seen.isPresent() || program.leavesTraces() || this.row.size() == LONGEST_ROW) {
			renew();
		}
	}

	private void renew() throws SQLException {
		this.row.clear();
		this.sides.renew();
	}

	private void note(String name, Program program, Difference seen) throws SQLException {
		Optional<Difference> shortest = shortest(program);
		String told = shortest.map(Difference::toString).orElse(" once, and not when it was run again" + seen);
		this.differences.putIfAbsent(shortest.map(Difference::program).orElse(program).toString(), name + ":" + told);
	}

	/**
	 * Return the shortest program that differs: of the steps of this program or, if those
	 * do not differ on new connections, of all that ran on the connections before.
	 */
	private Optional<Difference> shortest(Program program) throws SQLException {
		Shrinking shrinking = new Shrinking(this.sides);
		Optional<Difference> found = shrinking.shrink(program);
		return found.isPresent() ? found : shrinking.shrink(Program.inTurn(this.row));
	}

	private boolean isEnough() {
		return this.differences.size() >= ENOUGH;
	}

	private void tell() {
		if (!this.differences.isEmpty()) {
			Assertions.fail("With %s:%n%s", this.setup, String.join("\n", this.differences.values()));
		}
	}

	@Override
	public void close() throws SQLException {
		this.sides.close();
	}

}
