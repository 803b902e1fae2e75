package io.github.connectionguard.benchmarks.pools;

import io.github.connectionguard.benchmarks.report.Figure;
import org.openjdk.jmh.annotations.Mode;

/**
 * One thing to measure.
 *
 * @param operation the method of {@link LentConnections}
 * @param pool the pool
 * @param looking whether it looks at every borrow
 * @param answer after how many microseconds the stub answers, {@link #REAL} for a real
 * server
 * @param threads how many threads borrow
 * @param mode what JMH measures
 */
record Lending(String operation, PoolKind pool, boolean looking, int answer, int threads, Mode mode) {

	/**
	 * In place of an answer: there is no stub, but MySQL on this machine.
	 */
	static final int REAL = -1;

	/**
	 * Return the circumstances, which are the same for all pools.
	 */
	String row() {
		return row(this.operation, this.answer, this.threads);
	}

	static String row(String operation, int answer, int threads) {
		String server = (answer == REAL) ? "loopback" : "stub, %s ms".formatted(Figure.of(answer / 1000.0));
		return "%s, %s, %d %s".formatted(operation, server, threads, (threads == 1) ? "thread" : "threads");
	}

	/**
	 * Return who is measured.
	 */
	String column() {
		return column(this.pool, this.looking);
	}

	static String column(PoolKind pool, boolean looking) {
		return looking ? pool.label() : pool.label() + ", as it comes";
	}

}
