package io.github.connectionguard.unit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of units that were committed before their end, once for each place. Thread-safe.
 */
final class EarlyCommits {

	private static final Logger logger = LoggerFactory.getLogger(EarlyCommits.class);

	private final Places places;

	EarlyCommits(Surroundings surroundings) {
		this.places = new Places(surroundings);
	}

	/**
	 * A unit was committed for the sake of what the thread is about to do.
	 */
	void tell() {
		Throwable here = new Throwable("borrowed here");
		if (this.places.isNew(here)) {
			logger.info("What a session had written was committed before its end, as its thread borrowed a second "
					+ "connection, which could have waited for the first. Told once for each place:", here);
		}
	}

}
