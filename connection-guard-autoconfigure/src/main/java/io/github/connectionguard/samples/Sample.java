package io.github.connectionguard.samples;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a pool looked like for a few seconds.
 *
 * @param at when they were over
 * @param active the most connections that were in use at any look
 * @param idle the connections not in use at the last look
 * @param waiting the most threads that waited for a connection at any look
 * @param slowestPing how long the slowest ping took until it was answered or given up, or
 * {@code null} if there was none
 */
public record Sample(Instant at, int active, int idle, int waiting, @Nullable Duration slowestPing) {

}
