package io.github.connectionguard.report;

/**
 * The counters of a pool at one moment.
 *
 * @param active the connections in use
 * @param idle the connections not in use
 * @param total all connections
 * @param waiting the threads that wait for a connection
 * @param maximum the most connections the pool may have
 */
public record PoolSnapshot(int active, int idle, int total, int waiting, int maximum) {

}
