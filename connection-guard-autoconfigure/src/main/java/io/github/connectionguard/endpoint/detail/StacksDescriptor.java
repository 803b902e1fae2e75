package io.github.connectionguard.endpoint.detail;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of the threads that hold connections of a pool, and of those
 * that wait for one.
 *
 * @param holding who holds connections, the longest first
 * @param waiting who waits
 * @param waitingFor for how long each look at the pool has found somebody who waits, or
 * {@code null} if the last one found nobody
 * @param waitingHere whether all who wait are known to wait for this pool; else some may
 * wait for another one
 */
public record StacksDescriptor(List<Holding> holding, List<Waiting> waiting, @Nullable Duration waitingFor,
		boolean waitingHere) implements OperationResponseBody {

	/**
	 * Somebody who holds a connection.
	 *
	 * @param connection the name of the driver's connection
	 * @param holder the name of the thread that borrowed it
	 * @param heldFor for how long
	 * @param request the method and the path of the request it was borrowed for
	 * @param stack what that thread does now, the innermost call first
	 * @param borrowedAt where it was borrowed, or {@code null} if that was not recorded
	 */
	public record Holding(String connection, @Nullable String holder, Duration heldFor, @Nullable String request,
			List<String> stack, @Nullable List<String> borrowedAt) {

	}

	/**
	 * Somebody who waits for a connection.
	 *
	 * @param thread the name of the thread
	 * @param stack what it does now, the innermost call first
	 */
	public record Waiting(@Nullable String thread, List<String> stack) {

	}

}
