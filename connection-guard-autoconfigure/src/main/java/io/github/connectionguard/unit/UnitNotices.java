package io.github.connectionguard.unit;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.outcome.UnitEnd;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what units cost that began where nobody asked for one, once for each place in
 * the code, and counts what they come to. Thread-safe.
 */
final class UnitNotices {

	private static final Logger logger = LoggerFactory.getLogger(UnitNotices.class);

	private static final Duration LONG = Duration.ofSeconds(1);

	private final Places early = new Places();

	private final Places lasting = new Places();

	private final Places undone = new Places();

	private final Consumer<Duration> kept;

	private final UnitCounts counts;

	private volatile boolean recordsWrites;

	/**
	 * Create notices.
	 * @param kept told how long a unit had kept its connection
	 * @param counts where units are counted
	 */
	UnitNotices(Consumer<Duration> kept, UnitCounts counts) {
		this.kept = kept;
		this.counts = counts;
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
		this.kept.accept(kept);
		if (kept.compareTo(LONG) > 0) {
			tell("A session kept its connection, and the locks of what it had written, for %d ms after its first write. "
				.formatted(kept.toMillis()) + "Where others wait for them, ", this.lasting, written);
		}
	}

	/**
	 * A unit has ended that had something to end.
	 * @param end how
	 */
	void ended(UnitEnd end) {
		this.counts.ended(end);
	}

	/**
	 * A unit has ended of which the server had undone what it wrote.
	 * @param written where it had written first, {@code null} if that is not known
	 */
	void undone(@Nullable Throwable written) {
		tell("The server has undone what a session had written, as it does to end a deadlock: its statements keep their "
				+ "locks until its end. Where that happens often, ", this.undone, written);
	}

	private void tell(String what, Places told, @Nullable Throwable written) {
		this.recordsWrites = written == null;
		if (told.isNew(written)) {
			logger.info(
					"{}write in a @Transactional method, which ends sooner, annotate the handler with @NoSession or "
							+ "set connection-guard.session.mode=backstop. {}",
					what, (written != null) ? "Told once for each place:" : "The next time, the place is told as well",
					written);
		}
	}

}
