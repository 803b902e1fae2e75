package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * The two timers of a pool that decide how old and how quiet a connection may get.
 *
 * @param maxLifetime the maximum age of a connection, zero for no maximum
 * @param keepalive the interval at which idle connections are pinged, zero for never
 */
public record PoolTimers(Duration maxLifetime, Duration keepalive) {

}
