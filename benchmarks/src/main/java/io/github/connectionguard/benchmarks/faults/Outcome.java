package io.github.connectionguard.benchmarks.faults;

import java.util.List;
import java.util.Set;

import io.github.connectionguard.benchmarks.faults.load.Answer;

/**
 * What the requests of one round came to.
 *
 * @param failed how many failed
 * @param spoiled how many failed or took longer than {@value #SLOW_SECONDS} s
 * @param slowest how many seconds the one took that took longest
 * @param recovery how many seconds after the end of the fault somebody still was told a
 * failure or had waited for more than {@value #SLOW_SECONDS} s
 * @param failedAndDone how many failed whose row is there
 * @param lost how many succeeded whose row is not there
 */
record Outcome(int failed, int spoiled, double slowest, double recovery, int failedAndDone, int lost) {

	private static final double SLOW_SECONDS = 1;

	private static final double NANOS = 1e9;

	/**
	 * Judges a round.
	 * @param answers what was answered
	 * @param end the end of the fault
	 * @param rows the rows that are there
	 */
	static Outcome of(List<Answer> answers, long end, Set<Long> rows) {
		double recovery = answers.stream()
			.filter(Outcome::isSpoiled)
			.mapToLong((answer) -> answer.end() - end)
			.max()
			.orElse(0);
		return new Outcome((int) answers.stream().filter(Answer::failed).count(),
				(int) answers.stream().filter(Outcome::isSpoiled).count(),
				answers.stream().mapToLong(Answer::nanos).max().orElse(0) / NANOS, Math.max(0, recovery / NANOS),
				count(answers, true, true, rows), count(answers, false, false, rows));
	}

	private static boolean isSpoiled(Answer answer) {
		return answer.failed() || answer.nanos() > SLOW_SECONDS * NANOS;
	}

	private static int count(List<Answer> answers, boolean failed, boolean there, Set<Long> rows) {
		return (int) answers.stream()
			.filter((answer) -> answer.isWrite() && answer.failed() == failed && rows.contains(answer.id()) == there)
			.count();
	}

}
