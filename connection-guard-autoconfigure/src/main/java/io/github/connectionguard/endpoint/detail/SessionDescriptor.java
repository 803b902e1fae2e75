package io.github.connectionguard.endpoint.detail;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.outcome.UnitEnd;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint answers of what requests and scopes do on all pools.
 *
 * @param units how often units of work have ended which way
 * @param kept for how long they have kept connections
 * @param holding the requests that hold a connection now, the longest first
 */
public record SessionDescriptor(List<Units> units, Kept kept, List<Holding> holding) {

	/**
	 * Return the ways in which units have ended.
	 * @param counts the counts
	 * @return the ways that were taken
	 */
	public static List<Units> units(UnitCounts counts) {
		return Stream.of(UnitEnd.values())
			.map((end) -> new Units(end.outcome(), end.reason(), counts.count(end)))
			.filter((units) -> units.count() > 0)
			.toList();
	}

	/**
	 * Units of work that have ended in one way.
	 *
	 * @param outcome what they came to
	 * @param reason why
	 * @param count how many
	 */
	public record Units(String outcome, String reason, long count) {

	}

	/**
	 * How long units of work have kept connections, from their first write to their end.
	 *
	 * @param count how many have
	 * @param total for how long in all
	 * @param longest for how long the one that kept it longest
	 */
	public record Kept(long count, Duration total, Duration longest) {

		/**
		 * None have.
		 */
		public static final Kept NONE = new Kept(0, Duration.ZERO, Duration.ZERO);

		/**
		 * Add what units on another pool have kept.
		 * @param other what those have
		 * @return both
		 */
		public Kept plus(Kept other) {
			return new Kept(this.count + other.count, this.total.plus(other.total),
					(this.longest.compareTo(other.longest) < 0) ? other.longest : this.longest);
		}

	}

	/**
	 * A request that holds a connection.
	 *
	 * @param pool the name of the pool's bean
	 * @param connection the name of the driver's connection
	 * @param request its method and its path
	 * @param heldFor for how long it holds that
	 */
	public record Holding(String pool, String connection, @Nullable String request, Duration heldFor) {

	}

}
