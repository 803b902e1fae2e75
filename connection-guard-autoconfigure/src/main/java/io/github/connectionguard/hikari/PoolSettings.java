package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.List;

import io.github.connectionguard.driver.ConnectionAttributes;
import io.github.connectionguard.lifetime.NetworkLimit;
import org.jspecify.annotations.Nullable;

/**
 * What the user may set about the pools.
 *
 * @param network the idle limit of the way to the server, or {@code null} if none is
 * known
 * @param keptAlive whether connections that have been quiet are pinged
 * @param validationTimeout how long a server that is well takes at most to answer, where
 * the path to it is not slower
 * @param pingAfter how long a connection may be quiet before it is pinged when it is
 * lent, even while others hear the server
 * @param deferSessionState whether the auto-commit mode, access mode and isolation level
 * of a session are set only when a statement is about to run in another
 * @param eager whether pools are opened in the background when the application starts
 * @param keys the names of the settings of the application's own data source, without
 * their values
 * @param attributes what the server is told of whom sessions are for, or {@code null} for
 * nothing beyond what the user has the driver tell
 * @param reportOnly whether the guard only tells what it finds, and changes nothing
 */
public record PoolSettings(@Nullable NetworkLimit network, boolean keptAlive, Duration validationTimeout,
		Duration pingAfter, boolean deferSessionState, boolean eager, List<String> keys,
		@Nullable ConnectionAttributes attributes, boolean reportOnly) {

}
