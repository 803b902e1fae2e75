package io.github.connectionguard.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

/**
 * The file in which a run of a benchmark is kept, a line for each figure.
 */
public final class ResultsFile {

	private final JsonMapper json = new JsonMapper();

	private final Path path;

	public ResultsFile(Path path) {
		this.path = path;
	}

	/**
	 * Whether there has been a run.
	 * @return {@code true} if there is something to read
	 */
	public boolean isThere() {
		return Files.exists(this.path);
	}

	/**
	 * Read what the last run measured.
	 * @return its results
	 * @throws IOException if there are none
	 */
	public Results read() throws IOException {
		return this.json.readValue(Files.readString(this.path), Results.class);
	}

	/**
	 * Write what a run measured.
	 * @param results its results
	 * @throws IOException if that is not possible
	 */
	public void write(Results results) throws IOException {
		List<String> measurements = new ArrayList<>();
		results.measurements().forEach((measurement) -> measurements.add(this.json.writeValueAsString(measurement)));
		Files.createDirectories(this.path.getParent());
		Files.writeString(this.path,
				"""
						{
						"date": %s,
						"machine": %s,
						"versions": %s,
						"measurements": [
						%s
						]
						}
						""".formatted(this.json.writeValueAsString(results.date()),
						this.json.writeValueAsString(results.machine()),
						this.json.writeValueAsString(results.versions()), String.join(",\n", measurements)));
	}

}
