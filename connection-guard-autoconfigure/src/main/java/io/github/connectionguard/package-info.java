/**
 * The guard of an application's pools: what is guarded, and its beginning and end. All
 * types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard;

import org.jspecify.annotations.NullMarked;
