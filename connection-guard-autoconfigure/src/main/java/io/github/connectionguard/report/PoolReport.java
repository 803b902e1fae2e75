package io.github.connectionguard.report;

import java.time.Duration;
import java.time.Instant;

import io.github.connectionguard.lifetime.LifetimePlan;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a guarded pool at one moment. Nothing was borrowed, asked or waited
 * for to get it.
 *
 * @param beanName the name of the bean the pool is or belongs to, which no other has
 * @param name the pool's own name
 * @param counters the counters of the pool
 * @param reachability what is known of its server
 * @param product the name of the server's product, or {@code null} if no session was set
 * up
 * @param validationQuery the query the pool validates connections with, or {@code null}
 * if it pings
 * @param plan what the pool keeps to, or {@code null} if no limit is known
 * @param leaked how many connections were not given back
 * @param lastPing the last ping, or {@code null} if there was none
 * @param lastLoss the last loss of a connection, or {@code null} if there was none
 */
public record PoolReport(String beanName, String name, PoolSnapshot counters, Reachability reachability,
		@Nullable String product, @Nullable String validationQuery, @Nullable LifetimePlan plan, long leaked,
		@Nullable Ping lastPing, @Nullable Loss lastLoss) {

	/**
	 * A ping.
	 *
	 * @param at when the answer came or was given up
	 * @param took how long it took
	 * @param alive whether the server answered
	 */
	public record Ping(Instant at, Duration took, boolean alive) {

	}

}
