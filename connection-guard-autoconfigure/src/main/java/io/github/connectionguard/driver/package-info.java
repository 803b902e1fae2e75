/**
 * What the drivers do: the sockets under their connections, the way they connect, and
 * pings. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.driver;

import org.jspecify.annotations.NullMarked;
