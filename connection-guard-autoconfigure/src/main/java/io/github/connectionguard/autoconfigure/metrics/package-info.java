/**
 * Auto-configuration for the meters.
 * <p>
 * The name of
 * {@link io.github.connectionguard.autoconfigure.metrics.ConnectionGuardMetricsAutoConfiguration}
 * is API, to exclude it or to come after it. All else is internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
