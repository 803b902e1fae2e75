/**
 * Auto-configuration for the health contributors.
 * <p>
 * The names of
 * {@link io.github.connectionguard.autoconfigure.health.ConnectionGuardHealthAutoConfiguration}
 * and
 * {@link io.github.connectionguard.autoconfigure.health.DatabaseHealthAutoConfiguration}
 * are API, to exclude them or to come after them. All else is internal and may change
 * without notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
