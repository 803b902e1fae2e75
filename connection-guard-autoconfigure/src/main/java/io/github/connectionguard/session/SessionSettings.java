package io.github.connectionguard.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a user may set about sessions.
 *
 * @param mode the mode the user asks for
 * @param reclaimLeaks whether connections that were not given back are taken out of their
 * pool
 * @param timeout how long a session may run statements, {@code null} for as long as it
 * likes
 * @param reportOnly whether there are none, and it is only told how they would run
 */
public record SessionSettings(SessionMode mode, boolean reclaimLeaks, @Nullable Duration timeout, boolean reportOnly) {

}
