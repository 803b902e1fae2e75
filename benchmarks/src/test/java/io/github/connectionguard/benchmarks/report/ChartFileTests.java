package io.github.connectionguard.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the files of charts.
 */
class ChartFileTests {

	private static final long MOST_BYTES = 60_000;

	@TempDir
	private Path directory;

	@BeforeAll
	static void drawWithoutScreen() {
		System.setProperty("java.awt.headless", "true");
	}

	@ParameterizedTest
	@EnumSource
	void fileIsSmallAndTheSameEachTime(Chart.Kind kind) throws IOException {
		String first = draw("first", kind);
		assertThat(first).contains("guarded", "<svg").hasSizeLessThan((int) MOST_BYTES);
		assertThat(draw("second", kind)).isEqualTo(first);
	}

	private String draw(String name, Chart.Kind kind) throws IOException {
		List<Measurement> measurements = new ArrayList<>();
		for (int connections : List.of(10, 100, 1000)) {
			for (String column : List.of("guarded", "one", "other", "third", "fourth", "fifth", "sixth", "last")) {
				double value = connections * (column.length() + 0.5);
				measurements.add(new Measurement(connections + " connections", column, "time", "ms",
						List.of(value * 0.9, value, value * 1.2)));
			}
		}
		Path file = this.directory.resolve(name + ".svg");
		new ChartFile(file).write(new Chart(name, "How it grows", "ms", kind, true, measurements));
		return Files.readString(file);
	}

}
