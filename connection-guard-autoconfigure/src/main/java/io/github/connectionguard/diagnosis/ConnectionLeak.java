package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What was known of a connection when whoever borrowed it should have given it back, and
 * had not.
 *
 * @param held the time since it was borrowed
 * @param quiet the time since the server last answered on it
 * @param reclaimed whether it was taken out of the pool, so that its place is free
 * @param place where it was borrowed, or {@code null} if that was not recorded
 */
public record ConnectionLeak(Duration held, Duration quiet, boolean reclaimed, @Nullable String place) {

	/**
	 * Tell of it as a sentence.
	 * @return a sentence with the numbers, without the place
	 */
	public String describe() {
		return "whoever borrowed it did not give it back, and it %s: %s"
			.formatted(this.reclaimed ? "was taken out of the pool" : "stays in use", numbers());
	}

	/**
	 * Return since when it was missing.
	 * @return the numbers
	 */
	public String numbers() {
		return "borrowed %s ago, quiet in use for %s".formatted(Seconds.of(this.held), Seconds.of(this.quiet));
	}

	/**
	 * Return what to do about it.
	 * @return what to do, with the place if that is known
	 */
	public String remedy() {
		return (this.place != null) ? "close it where it was borrowed, at %s".formatted(this.place)
				: "close it where it was borrowed: the place of the next one will be recorded and told, and HikariCP's "
						+ "leak-detection-threshold has it recorded from the start";
	}

}
