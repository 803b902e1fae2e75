package io.github.connectionguard.network.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.assertj.core.api.SoftAssertions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of a site, side by side: all are logged and kept, and what is wrong with
 * any of them is told at the end.
 */
public final class Figures implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Figures.class);

	private final SoftAssertions softly = new SoftAssertions();

	private final String site;

	/**
	 * Begins with none.
	 * @param site where they come from
	 */
	public Figures(String site) {
		this.site = site;
	}

	/**
	 * Wants a number to be no higher with the starter than without.
	 * @param what what the number is
	 * @param numbers the numbers
	 */
	public void notMore(String what, Both<Integer> numbers) {
		notMore(what, numbers, 0);
	}

	/**
	 * Wants a number to be hardly higher with the starter than without.
	 * @param what what the number is
	 * @param numbers the numbers
	 * @param tolerance how much higher it may be
	 */
	public void notMore(String what, Both<Integer> numbers, int tolerance) {
		log(what, numbers.raw(), numbers.guarded());
		this.softly.assertThat(numbers.guarded())
			.as("%s: %s, without the starter %s, tolerance %s", this.site, what, numbers.raw(), tolerance)
			.isLessThanOrEqualTo(numbers.raw() + tolerance);
	}

	/**
	 * Wants something to take hardly longer with the starter than without.
	 * @param what what it is
	 * @param times how long it takes
	 * @param tolerance how much longer it may take
	 */
	public void notLonger(String what, Both<Duration> times, Duration tolerance) {
		log(what, times.raw().toMillis() + " ms", times.guarded().toMillis() + " ms");
		this.softly.assertThat(times.guarded())
			.as("%s: %s, without the starter %s, tolerance %s", this.site, what, times.raw(), tolerance)
			.isLessThanOrEqualTo(times.raw().plus(tolerance));
	}

	/**
	 * Wants a number to be no higher with the starter than was promised.
	 * @param what what the number is
	 * @param numbers the numbers
	 * @param limit what was promised
	 */
	public void atMost(String what, Both<Integer> numbers, int limit) {
		log(what, numbers.raw(), numbers.guarded());
		this.softly.assertThat(numbers.guarded())
			.as("%s: %s, without the starter %s", this.site, what, numbers.raw())
			.isLessThanOrEqualTo(limit);
	}

	/**
	 * Wants something to take no longer with the starter than was promised.
	 * @param what what it is
	 * @param times how long it takes
	 * @param limit what was promised
	 */
	public void atMost(String what, Both<Duration> times, Duration limit) {
		log(what, times.raw().toMillis() + " ms", times.guarded().toMillis() + " ms");
		this.softly.assertThat(times.guarded())
			.as("%s: %s, without the starter %s", this.site, what, times.raw())
			.isLessThanOrEqualTo(limit);
	}

	/**
	 * Wants something to work.
	 * @param what what it is
	 * @param work the work
	 */
	public void works(String what, Runnable work) {
		this.softly.assertThatCode(work::run).as("%s: %s", this.site, what).doesNotThrowAnyException();
	}

	private void log(String what, Object raw, Object guarded) {
		String line = "%s | %s | without %s | with %s".formatted(this.site, what, raw, guarded);
		logger.info(line);
		append(line + "\n");
	}

	private static synchronized void append(String line) {
		try {
			Files.writeString(Files.createDirectories(Site.FOLDER).resolve("figures"), line, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Tells what was wrong.
	 */
	@Override
	public void close() {
		this.softly.assertAll();
	}

}
