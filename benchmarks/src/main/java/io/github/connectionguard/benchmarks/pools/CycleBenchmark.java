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
 * What a statement and a transaction take on a borrowed connection, below and above the
 * size of the pools; and what borrows cost from pools as they come.
 */
public final class CycleBenchmark implements Benchmark {

	private static final List<Integer> ANSWERS = List.of(0, 100, 1000);

	private static final List<Integer> THREADS = List.of(2, 8);

	@Override
	public String name() {
		return "cycles";
	}

	@Override
	public Map<String, String> versions() {
		return PoolVersions.all();
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		return (quick ? Forks.quick() : Forks.of(1, 2)).measure(quick ? cycles(List.of(100), List.of(2)) : all());
	}

	private static List<Lending> all() {
		List<Lending> lendings = new ArrayList<>(cycles(ANSWERS, THREADS));
		for (PoolKind pool : stubbed()) {
			lendings.add(new Lending("borrow", pool, true, 0, 8, Mode.SampleTime));
			lendings.add(new Lending("borrow", pool, false, 0, 1, Mode.SampleTime));
			lendings.add(new Lending("borrow", pool, false, 0, 8, Mode.SampleTime));
		}
		return lendings;
	}

	private static List<Lending> cycles(List<Integer> answers, List<Integer> threads) {
		List<Lending> lendings = new ArrayList<>();
		for (String operation : List.of("statement", "transaction")) {
			for (int answer : answers) {
				for (int number : threads) {
					stubbed().forEach((pool) -> lendings
						.add(new Lending(operation, pool, true, answer, number, Mode.SampleTime)));
					lendings.add(new Lending(operation, PoolKind.HIKARI, false, answer, number, Mode.SampleTime));
				}
			}
		}
		return lendings;
	}

	private static List<PoolKind> stubbed() {
		return List.of(PoolKind.GUARDED, PoolKind.HIKARI, PoolKind.TOMCAT, PoolKind.DBCP2, PoolKind.DRUID,
				PoolKind.AGROAL, PoolKind.C3P0, PoolKind.VIBUR);
	}

	@Override
	public Presentation present(Results results) {
		return CycleReport.of(results);
	}

}
