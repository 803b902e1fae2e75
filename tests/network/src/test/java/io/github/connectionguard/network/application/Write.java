package io.github.connectionguard.network.application;

import java.time.Duration;

/**
 * What a write came to.
 *
 * @param id the key of the row it wanted to write
 * @param begin when it began, by the clock of {@link System#nanoTime()}, which is one for
 * all processes
 * @param end when its caller was told
 * @param error the error, empty if there was none
 */
public record Write(long id, long begin, long end, String error) {

	static Write of(String id, String begin, String end, String error) {
		return new Write(Long.parseLong(id), Long.parseLong(begin), Long.parseLong(end), error);
	}

	public boolean failed() {
		return !this.error.isEmpty();
	}

	public Duration latency() {
		return Duration.ofNanos(this.end - this.begin);
	}

}
