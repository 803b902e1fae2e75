/**
 * The guard of an application's pools: what is guarded, and its beginning and end.
 * <p>
 * {@link io.github.connectionguard.ConnectionGuard} is API. All other types are internal
 * and may change without notice.
 */
@NullMarked
package io.github.connectionguard;

import org.jspecify.annotations.NullMarked;
