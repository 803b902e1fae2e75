package io.github.connectionguard.benchmarks.pools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import org.openjdk.jmh.annotations.Mode;

/**
 * What it costs to borrow a connection and give it back, from pools that look at every
 * borrow.
 */
public final class PoolBenchmark implements Benchmark {

	private static final String BORROW = "borrow";

	private static final List<Integer> THREADS = List.of(1, 2, 8);

	/**
	 * The forks in each turn, for one thread, of those that ask nothing: they differ from
	 * fork to fork by more than from each other.
	 */
	private static final int FORKS_OF_THE_FASTEST = 3;

	@Override
	public String name() {
		return "pools";
	}

	@Override
	public Map<String, String> versions() {
		return PoolVersions.all();
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		return (quick ? Forks.quick() : Forks.of(2, 2)).measure(quick ? lendings(List.of(1)) : lendings(THREADS));
	}

	private static List<Lending> lendings(List<Integer> threads) {
		List<Lending> lendings = new ArrayList<>();
		for (int number : threads) {
			for (PoolKind pool : PoolKind.values()) {
				if (pool != PoolKind.MARIADB) {
					lendings.add(onStub(pool, true, number));
				}
			}
			lendings.add(onStub(PoolKind.HIKARI, false, number));
		}
		for (int more = 1; more < FORKS_OF_THE_FASTEST; more++) {
			lendings.add(onStub(PoolKind.GUARDED, true, 1));
			lendings.add(onStub(PoolKind.HIKARI_WINDOW_0, true, 1));
			lendings.add(onStub(PoolKind.HIKARI, false, 1));
		}
		for (int number : threads) {
			for (PoolKind pool : PoolKind.values()) {
				if (pool != PoolKind.MARIADB || number == 1) {
					lendings.add(new Lending(BORROW, pool, true, Lending.REAL, number, Mode.Throughput));
				}
			}
		}
		return lendings;
	}

	private static Lending onStub(PoolKind pool, boolean looking, int threads) {
		return new Lending(BORROW, pool, looking, 0, threads, Mode.Throughput);
	}

	@Override
	public Presentation present(Results results) {
		return BorrowReport.of(results);
	}

}
