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
					lendings.add(new Lending(BORROW, pool, true, 0, number, Mode.Throughput));
				}
			}
			lendings.add(new Lending(BORROW, PoolKind.HIKARI, false, 0, number, Mode.Throughput));
		}
		for (int number : threads) {
			for (PoolKind pool : PoolKind.values()) {
				lendings.add(new Lending(BORROW, pool, true, Lending.REAL, number, Mode.Throughput));
			}
		}
		return lendings;
	}

	@Override
	public Presentation present(Results results) {
		return BorrowReport.of(results);
	}

}
