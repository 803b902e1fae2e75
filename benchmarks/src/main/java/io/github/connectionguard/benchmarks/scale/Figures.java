package io.github.connectionguard.benchmarks.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.benchmarks.report.Measurement;

/**
 * What has been measured so far.
 */
final class Figures {

	private final Map<Key, List<Double>> values = new LinkedHashMap<>();

	void add(String row, String column, Metric metric, double value) {
		this.values.computeIfAbsent(new Key(row, column, metric), (added) -> new ArrayList<>()).add(value);
	}

	List<Measurement> measurements() {
		return this.values.entrySet()
			.stream()
			.map((entry) -> new Measurement(entry.getKey().row(), entry.getKey().column(),
					entry.getKey().metric().label(), entry.getKey().metric().unit(), entry.getValue()))
			.toList();
	}

	private record Key(String row, String column, Metric metric) {

	}

}
