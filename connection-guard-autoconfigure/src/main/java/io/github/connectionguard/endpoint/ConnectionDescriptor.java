package io.github.connectionguard.endpoint;

import java.time.Duration;

import io.github.connectionguard.lifetime.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint answers of one physical connection. What is {@code null} is not
 * known.
 *
 * @param name the name of the driver's connection
 * @param serverConnectionId the session's {@code CONNECTION_ID()}
 * @param age how long ago it was opened
 * @param quiet how long the server has not been heard on it
 * @param holder the name of the thread that holds it
 * @param heldFor for how long
 * @param request the method and the path of the request it was borrowed for
 * @param inTransaction whether something has run on it that is neither committed nor
 * rolled back
 * @param superseded whether it leads to where the server no longer is
 * @param deadline the limit it comes to first
 */
public record ConnectionDescriptor(String name, @Nullable Long serverConnectionId, Duration age, Duration quiet,
		@Nullable String holder, @Nullable Duration heldFor, @Nullable String request, @Nullable Boolean inTransaction,
		boolean superseded, @Nullable Deadline deadline) {

}
