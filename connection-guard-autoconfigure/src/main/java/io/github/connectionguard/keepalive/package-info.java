/**
 * The schedule that walks the ledgers and pings what has been quiet for too long.
 */
@NullMarked
package io.github.connectionguard.keepalive;

import org.jspecify.annotations.NullMarked;
