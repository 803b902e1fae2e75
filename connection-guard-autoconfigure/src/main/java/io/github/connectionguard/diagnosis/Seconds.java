package io.github.connectionguard.diagnosis;

import java.time.Duration;

/**
 * Tells a time in seconds and tenths of them.
 */
final class Seconds {

	private Seconds() {
	}

	static String of(Duration duration) {
		return "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
	}

}
