package io.github.connectionguard.report;

import java.time.Duration;

import io.github.connectionguard.lifetime.Deadline;
import io.github.connectionguard.lifetime.LifetimePlan;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection at one moment.
 *
 * @param name the name of the driver's connection
 * @param serverConnectionId the session's {@code CONNECTION_ID()}, or {@code null} if it
 * could not be read
 * @param age how long ago it was opened
 * @param quiet how long the server has not been heard on it, zero while a call is under
 * way
 * @param holder the name of the thread that holds it, or {@code null} if nobody does
 * @param heldFor how long that has held it, zero if nobody does
 * @param request the method and the path of the request it was borrowed for, or
 * {@code null} if nobody holds it or that is not known
 * @param inTransaction whether something has run on it that its holder has neither
 * committed nor rolled back, as far as that was seen
 * @param superseded whether it leads to where the server no longer is
 * @param plan what was planned for it, or {@code null} if no limit is known
 * @param deadline the limit it comes to first, or {@code null} if none is known
 */
public record ConnectionReport(String name, @Nullable Long serverConnectionId, Duration age, Duration quiet,
		@Nullable String holder, Duration heldFor, @Nullable String request, boolean inTransaction, boolean superseded,
		@Nullable LifetimePlan plan, @Nullable Deadline deadline) {

}
