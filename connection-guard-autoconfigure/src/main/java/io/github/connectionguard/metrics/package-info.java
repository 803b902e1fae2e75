/**
 * The meters of the guarded pools, and what is told to observations, for Micrometer,
 * which is known to this package alone. All types are internal and may change without
 * notice; the meters are listed in {@code docs/meters.md}.
 */
@NullMarked
package io.github.connectionguard.metrics;

import org.jspecify.annotations.NullMarked;
