/**
 * The actuator endpoint, from cached state alone. All types are internal and may change
 * without notice; what the endpoint answers is described in {@code docs/endpoint.md}.
 */
@NullMarked
package io.github.connectionguard.endpoint;

import org.jspecify.annotations.NullMarked;
