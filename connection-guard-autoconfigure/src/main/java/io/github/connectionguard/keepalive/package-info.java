/**
 * The walk through ledgers that pings what has been quiet for too long. All types are
 * internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.keepalive;

import org.jspecify.annotations.NullMarked;
