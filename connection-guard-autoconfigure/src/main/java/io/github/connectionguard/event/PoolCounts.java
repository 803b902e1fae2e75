package io.github.connectionguard.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.diagnosis.LossCause;

/**
 * What has happened to one pool since it was put under guard, in numbers. Thread-safe,
 * without locks.
 */
public final class PoolCounts {

	private final Tally opened = new Tally();

	private final Tally retired = new Tally();

	private final Map<LossCause, Tally> quietAtDeath = byCause();

	private final Map<LossCause, Tally> ageAtDeath = byCause();

	private final Map<LossCause, Tally> explained = byCause();

	private final Tally leaked = new Tally();

	private final Tally swept = new Tally();

	private final Tally replaced = new Tally();

	private final Tally answeredPings = new Tally();

	private final Tally unansweredPings = new Tally();

	private final Tally failedCommits = new Tally();

	private final Tally unknownCommits = new Tally();

	private final Tally logins = new Tally();

	private final Tally outages = new Tally();

	private final Tally keptByUnits = new Tally();

	private final LongAccumulator longestKept = new LongAccumulator(Math::max, 0);

	private volatile boolean away;

	private static Map<LossCause, Tally> byCause() {
		return Stream.of(LossCause.values())
			.collect(Collectors.toUnmodifiableMap(Function.identity(), (cause) -> new Tally()));
	}

	void add(GuardEvent event) {
		addOfConnections(event);
		addOfServer(event);
	}

	private void addOfConnections(GuardEvent event) {
		if (event instanceof GuardEvent.ConnectionOpened) {
			this.opened.add(1);
			this.away = false; // the watch that would tell the end may be gone
		}
		else if (event instanceof GuardEvent.ConnectionRetired) {
			this.retired.add(1);
		}
		else if (event instanceof GuardEvent.ConnectionLost lost) {
			quietAtDeath(lost.cause()).add(lost.quiet());
			ageAtDeath(lost.cause()).add(lost.age());
		}
		else if (event instanceof GuardEvent.LossExplained found) {
			explained(found.cause()).add(1);
		}
		else if (event instanceof GuardEvent.ConnectionLeaked) {
			this.leaked.add(1);
		}
		else if (event instanceof GuardEvent.ConnectionsSwept sweep) {
			this.swept.add(sweep.connections());
		}
		else if (event instanceof GuardEvent.CommitFailed commit) {
			failedCommits(commit.unknown()).add(1);
		}
	}

	private void addOfServer(GuardEvent event) {
		if (event instanceof GuardEvent.ServerChanged change) {
			this.replaced.add(change.evicted());
		}
		else if (event instanceof GuardEvent.OutageBegan) {
			this.away = true;
		}
		else if (event instanceof GuardEvent.OutageEnded outage) {
			this.away = false;
			this.outages.add(outage.lasted());
		}
	}

	/**
	 * Count a ping.
	 * @param took how long it took until the answer came or was given up
	 * @param answered whether the server answered
	 */
	public void pinged(Duration took, boolean answered) {
		pings(answered).add(took);
	}

	/**
	 * Count a unit of work that has kept a connection.
	 * @param kept for how long
	 */
	public void keptByUnit(Duration kept) {
		this.keptByUnits.add(kept);
		this.longestKept.accumulate(kept.toNanos());
	}

	/**
	 * Count a login that is made to ask the server how it is.
	 */
	public void loginBegan() {
		this.logins.add(1);
	}

	/**
	 * Return the connections that were opened.
	 * @return their number
	 */
	public Tally opened() {
		return this.opened;
	}

	/**
	 * Return the connections that were closed without having been lost.
	 * @return their number
	 */
	public Tally retired() {
		return this.retired;
	}

	/**
	 * Return the connections that were lost, and how long they had been quiet.
	 * @param cause of what
	 * @return their number and times
	 */
	public Tally quietAtDeath(LossCause cause) {
		return tally(this.quietAtDeath, cause);
	}

	/**
	 * Return the connections that were lost, and how old they were.
	 * @param cause of what
	 * @return their number and times
	 */
	public Tally ageAtDeath(LossCause cause) {
		return tally(this.ageAtDeath, cause);
	}

	/**
	 * Return the connections that were lost of what was found out later.
	 * @param cause of what
	 * @return their number
	 */
	public Tally explained(LossCause cause) {
		return tally(this.explained, cause);
	}

	private static Tally tally(Map<LossCause, Tally> tallies, LossCause cause) {
		Tally tally = tallies.get(cause);
		if (tally == null) {
			throw new IllegalStateException("No tally of " + cause);
		}
		return tally;
	}

	/**
	 * Return the connections that were not given back.
	 * @return their number
	 */
	public Tally leaked() {
		return this.leaked;
	}

	/**
	 * Return the connections that were pinged because they were under suspicion.
	 * @return their number
	 */
	public Tally swept() {
		return this.swept;
	}

	/**
	 * Return the connections that were evicted because the server is not what it was.
	 * @return their number
	 */
	public Tally replaced() {
		return this.replaced;
	}

	/**
	 * Return the pings, and how long they took.
	 * @param answered whether those that the server answered
	 * @return their number and times
	 */
	public Tally pings(boolean answered) {
		return answered ? this.answeredPings : this.unansweredPings;
	}

	/**
	 * Return the commits that failed.
	 * @param unknown whether those of which nobody knows if the server has committed
	 * @return their number
	 */
	public Tally failedCommits(boolean unknown) {
		return unknown ? this.unknownCommits : this.failedCommits;
	}

	/**
	 * Return the logins that were made to ask the server how it is.
	 * @return their number
	 */
	public Tally logins() {
		return this.logins;
	}

	/**
	 * Return the outages that are over, and how long they lasted.
	 * @return their number and times
	 */
	public Tally outages() {
		return this.outages;
	}

	/**
	 * Return the units of work that have kept a connection, and for how long.
	 * @return their number and times
	 */
	public Tally keptByUnits() {
		return this.keptByUnits;
	}

	/**
	 * Return the longest that a unit of work has kept a connection.
	 * @return the time, zero if none has
	 */
	public Duration longestKept() {
		return Duration.ofNanos(this.longestKept.get());
	}

	/**
	 * Tell whether there is an outage.
	 * @return whether the server cannot be reached
	 */
	public boolean isAway() {
		return this.away;
	}

}
