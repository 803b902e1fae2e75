package io.github.connectionguard.mysql;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of its connections.
 *
 * @param uptime how long it has been running, or {@code null} if it did not tell
 * @param connected how many connections it has ({@code Threads_connected}), the one it
 * was asked on among them, or {@code null} if it did not tell
 * @param aborted how many clients it has lost since it was started
 * ({@code Aborted_clients}), or {@code null} if it did not tell
 * @param sessions the sessions of the user who asked, or {@code null} if nobody knows, as
 * behind a proxy that numbers sessions in its own way
 */
public record ServerLoad(@Nullable Duration uptime, @Nullable Long connected, @Nullable Long aborted,
		@Nullable UserSessions sessions) {

}
