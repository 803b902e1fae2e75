/**
 * Auto-configuration for the actuator endpoint.
 * <p>
 * The name of
 * {@link io.github.connectionguard.autoconfigure.endpoint.ConnectionGuardEndpointAutoConfiguration}
 * is API, to exclude it or to come after it. All else is internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
