package io.github.connectionguard.lifetime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

	private static final int DEATHS = 3;

	private static final int OCCASIONS = 2;

	private static final int MOST_DEATHS = 1000;

	private final List<Death> deaths = new ArrayList<>();

	private Duration survived = Duration.ZERO;

	/**
	 * Note that a connection answered after it had been idle.
	 * @param idle how long it had been idle
	 */
	public synchronized void survived(Duration idle) {
		if (idle.compareTo(this.survived) > 0) {
			this.survived = idle;
			this.deaths.removeIf((death) -> death.idle.compareTo(idle) <= 0);
		}
	}

	/**
	 * Note that a connection did not answer any more after it had been idle, although its
	 * server is the same and has been there all the time.
	 * @param idle how long it had been idle
	 * @param at when that was noticed, by a clock of nanoseconds
	 */
	public synchronized void died(Duration idle, long at) {
		if (idle.compareTo(SHORTEST) >= 0 && idle.compareTo(this.survived) > 0) {
			this.deaths.add(new Death(idle, at));
			if (this.deaths.size() > MOST_DEATHS) {
				this.deaths.remove(0);
			}
		}
	}

	/**
	 * Forget everything: the way to the server has become another one.
	 */
	public synchronized void forget() {
		this.deaths.clear();
		this.survived = Duration.ZERO;
	}

	/**
	 * Tell the idle time after which connections are dropped.
	 * @return the smallest idle time that was not survived, or empty as long as too few
	 * independent deaths speak for it
	 */
	public synchronized Optional<Duration> limit() {
		if (this.deaths.size() < DEATHS || occasions() < OCCASIONS) {
			return Optional.empty();
		}
		return this.deaths.stream().map(Death::idle).min(Duration::compareTo);
	}

	private int occasions() {
		int occasions = 1;
		for (int i = 1; i < this.deaths.size(); i++) {
			if (this.deaths.get(i).at - this.deaths.get(i - 1).at > TOGETHER.toNanos()) {
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
