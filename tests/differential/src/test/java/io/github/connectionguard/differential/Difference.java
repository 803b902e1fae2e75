package io.github.connectionguard.differential;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The end of a program at which the sides differ.
 *
 * @param program the program up to there
 * @param before what was seen on both sides after the steps before
 * @param plain what is seen on the plain side
 * @param guarded what is seen on the guarded side
 */
record Difference(Program program, List<Observation> before, Observation plain, Observation guarded) {

	/**
	 * Tell the program step by step, as for somebody who wants to write it down.
	 */
	@Override
	public String toString() {
		List<Step> steps = this.program.steps();
		Stream<String> lines = IntStream.range(0, this.before.size())
			.mapToObj((i) -> "%-60s // %s".formatted(steps.get(i), this.before.get(i)));
		return Stream
			.concat(lines, Stream.of(steps.get(steps.size() - 1).text(), "    plain:   " + this.plain,
					"    guarded: " + this.guarded))
			.map((line) -> "\n  " + line)
			.collect(Collectors.joining());
	}

}
