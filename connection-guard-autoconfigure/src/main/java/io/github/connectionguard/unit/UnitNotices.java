package io.github.connectionguard.unit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what units cost that began where nobody asked for one, once for each place in
 * the code. Thread-safe.
 */
final class UnitNotices {

	private static final Logger logger = LoggerFactory.getLogger(UnitNotices.class);

	private static final Duration LONG = Duration.ofSeconds(1);

	private final Places early;

	private final Places lasting;

	private volatile boolean recordsWrites;

	UnitNotices(Surroundings surroundings) {
		this.early = new Places(surroundings);
		this.lasting = new Places(surroundings);
	}

	/**
	 * A unit was committed before its end, for the sake of what the thread is about to
	 * do.
	 */
	void committedEarly() {
		Throwable here = new Throwable("borrowed here");
		if (this.early.isNew(here)) {
			logger.info("What a session had written was committed before its end, as its thread borrowed a second "
					+ "connection, which could have waited for the first. Told once for each place:", here);
		}
	}

	/**
	 * A unit is about to write for the first time. Where it does is recorded from one
	 * that has lasted for long to the next that does.
	 * @return where, {@code null} if that is not recorded
	 */
	@Nullable Throwable written() {
		return this.recordsWrites ? new Throwable("written here") : null;
	}

	/**
	 * A unit has ended.
	 * @param kept for how long it had kept what it wrote, and the connection
	 * @param written where it had written first, {@code null} if that is not known
	 */
	void ended(Duration kept, @Nullable Throwable written) {
		if (kept.compareTo(LONG) > 0) {
			this.recordsWrites = written == null;
			if (this.lasting.isNew(written)) {
				logger.info("A session kept its connection, and the locks of what it had written, for {} ms after its "
						+ "first write. Where others wait for them, write in a @Transactional method, which ends sooner, "
						+ "annotate the handler with @NoSession or set connection-guard.session.mode=backstop. {}",
						kept.toMillis(),
						(written != null) ? "Told once for each place:" : "The next time, the place is told as well",
						written);
			}
		}
	}

}
