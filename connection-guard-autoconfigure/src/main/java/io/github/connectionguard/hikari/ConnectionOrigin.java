package io.github.connectionguard.hikari;

import org.jspecify.annotations.Nullable;

/**
 * Where a data source has its connections from, as far as that can be proved.
 *
 * @param pool the guarded pool that all of them come from as they are, or {@code null}
 * @param doubt what may have them from elsewhere or change them, or {@code null} if all
 * come from one HikariCP pool
 */
public record ConnectionOrigin(@Nullable GuardedPool pool, @Nullable String doubt) {

}
