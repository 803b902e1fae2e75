package io.github.connectionguard.connection;

import java.time.Duration;

/**
 * What came of one ping.
 *
 * @param at when the answer came or was given up, by the ledger's clock
 * @param took how long it took
 * @param alive whether the server answered
 */
public record PingResult(long at, Duration took, boolean alive) {

}
