package io.github.connectionguard.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the pool's own connections tell about an idle limit that nobody told: the largest
 * idle time that was survived, and the smallest that was not. Thread-safe.
 */
public final class IdleEvidence {

	/**
	 * No device on a network is that impatient; what dies sooner dies of something else.
	 */
	private static final Duration SHORTEST = Duration.ofSeconds(5);

	/**
	 * Deaths that come together have one cause, and may be of the same moment.
	 */
	private static final Duration TOGETHER = Duration.ofSeconds(5);

	private static final int MOST_DEATHS = 100;

	private static final int DEATHS = 3;

	private static final int OCCASIONS = 2;

	/**
	 * A connection that was closed may have been killed for whatever reason. Only a
	 * device does it after the same time again and again.
	 */
	private static final int CLOSED_OCCASIONS = 3;

	private final List<Death> dropped = new ArrayList<>();

	private final List<Death> closed = new ArrayList<>();

	private Duration survived = Duration.ZERO;

	/**
	 * Note that a connection answered after it had been idle.
	 * @param idle how long it had been idle
	 */
	public synchronized void survived(Duration idle) {
		if (idle.compareTo(this.survived) > 0) {
			this.survived = idle;
			this.dropped.removeIf((death) -> death.idle.compareTo(idle) <= 0);
			this.closed.removeIf((death) -> death.idle.compareTo(idle) <= 0);
		}
	}

	/**
	 * Note that a connection did not answer any more after it had been idle, although its
	 * server is the same and has been there all the time.
	 * @param idle how long it had been idle
	 * @param at when that was noticed, by a clock of nanoseconds
	 */
	public synchronized void dropped(Duration idle, long at) {
		add(this.dropped, idle, at);
	}

	/**
	 * Note that a connection was closed while it was idle, although its server is the
	 * same and has been there all the time.
	 * @param idle how long it had been idle
	 * @param at when that was noticed, by a clock of nanoseconds
	 */
	public synchronized void closed(Duration idle, long at) {
		add(this.closed, idle, at);
	}

	private void add(List<Death> deaths, Duration idle, long at) {
		if (idle.compareTo(SHORTEST) >= 0 && idle.compareTo(this.survived) > 0) {
			deaths.add(new Death(idle, at));
			if (deaths.size() > MOST_DEATHS) {
				deaths.remove(0);
			}
		}
	}

	/**
	 * Forget everything: the way to the server has become another one.
	 */
	public synchronized void forget() {
		this.dropped.clear();
		this.closed.clear();
		this.survived = Duration.ZERO;
	}

	/**
	 * Tell the idle time after which connections are dropped.
	 * @return the smallest idle time that was not survived, or empty as long as too few
	 * independent deaths speak for it
	 */
	public synchronized Optional<Duration> limit() {
		return Stream
			.concat(limit(this.dropped, OCCASIONS).stream(),
					limit(lastOf(this.closed), CLOSED_OCCASIONS).filter(this::isRegular).stream())
			.min(Duration::compareTo);
	}

	private static Optional<Duration> limit(List<Death> deaths, int occasions) {
		if (deaths.size() < DEATHS || occasions(deaths) < occasions) {
			return Optional.empty();
		}
		return deaths.stream().map(Death::idle).min(Duration::compareTo);
	}

	private boolean isRegular(Duration shortest) {
		Duration tolerance = shortest.dividedBy(10).plusSeconds(1);
		return lastOf(this.closed).stream().allMatch((death) -> death.idle.minus(shortest).compareTo(tolerance) <= 0);
	}

	/**
	 * Return the deaths of the last occasions that count.
	 */
	private static List<Death> lastOf(List<Death> deaths) {
		int first = deaths.size();
		while (first > 0 && occasions(deaths.subList(first - 1, deaths.size())) <= CLOSED_OCCASIONS) {
			first--;
		}
		return deaths.subList(first, deaths.size());
	}

	private static int occasions(List<Death> deaths) {
		int occasions = deaths.isEmpty() ? 0 : 1;
		for (int i = 1; i < deaths.size(); i++) {
			if (deaths.get(i).at - deaths.get(i - 1).at > TOGETHER.toNanos()) {
				occasions++;
			}
		}
		return occasions;
	}

	/**
	 * One death.
	 */
	private record Death(Duration idle, long at) {

	}

}
