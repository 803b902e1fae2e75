/**
 * Auto-configuration for the guard: properties and wiring.
 * <p>
 * The name of
 * {@link io.github.connectionguard.autoconfigure.ConnectionGuardAutoConfiguration} is
 * API, to exclude it or to come after it. All else is internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure;

import org.jspecify.annotations.NullMarked;
