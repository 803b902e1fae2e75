package io.github.connectionguard.report;

import java.time.Duration;

import io.github.connectionguard.lifetime.PoolTimers;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, and what the pool keeps to.
 *
 * @param requested the timers the user asked for
 * @param effective the timers the pool has
 * @param networkIdleTimeout the idle limit of the network the user knows of, or
 * {@code null} if there is none
 */
public record SettingsReport(PoolTimers requested, PoolTimers effective, @Nullable Duration networkIdleTimeout) {

}
