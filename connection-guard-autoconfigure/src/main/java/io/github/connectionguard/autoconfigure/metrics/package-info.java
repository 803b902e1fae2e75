/**
 * Auto-configuration for the meters, and for events of what is observed.
 * <p>
 * The names of
 * {@link io.github.connectionguard.autoconfigure.metrics.ConnectionGuardMetricsAutoConfiguration}
 * and
 * {@link io.github.connectionguard.autoconfigure.metrics.ConnectionGuardObservationAutoConfiguration}
 * are API, to exclude them or to come after them. All else is internal and may change
 * without notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
