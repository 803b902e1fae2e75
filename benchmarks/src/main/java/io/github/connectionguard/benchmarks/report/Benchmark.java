package io.github.connectionguard.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * A benchmark that can be run by itself: how it measures, and how the page shows what it
 * measured.
 */
public interface Benchmark {

	/**
	 * Return the name by which it is run, also the name of its files and of its section.
	 * @return the name
	 */
	String name();

	/**
	 * Measure.
	 * @param quick whether it is only to be seen to work, with figures that say little
	 * @return the figures
	 * @throws Exception if something does not work
	 */
	List<Measurement> measure(boolean quick) throws Exception;

	/**
	 * Return what was measured.
	 * @return versions by name
	 */
	Map<String, String> versions();

	/**
	 * Show results.
	 * @param results what a run measured
	 * @return what the page shows of it
	 */
	Presentation present(Results results);

}
