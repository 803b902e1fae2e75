package io.github.connectionguard.report;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A connection in somebody's hands.
 *
 * @param connection the name of the driver's connection
 * @param holder the thread that holds it
 * @param heldFor for how long
 * @param request the method and the path of the request it was borrowed for, or
 * {@code null} if that is not known
 * @param borrowedAt a throwable with the stack at the borrow, or {@code null} if that was
 * not recorded
 */
public record HeldConnection(String connection, Thread holder, Duration heldFor, @Nullable String request,
		@Nullable Throwable borrowedAt) {

}
