/**
 * What happens to pools, their connections and servers, for whoever wants to know.
 * <p>
 * {@link io.github.connectionguard.event.GuardEvent} and
 * {@link io.github.connectionguard.event.GuardEventListener} are API: a bean that is a
 * listener is told. All other types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.event;

import org.jspecify.annotations.NullMarked;
