/**
 * What the drivers do: the sockets under their connections, the way they connect, and
 * pings.
 */
@NullMarked
package io.github.connectionguard.driver;

import org.jspecify.annotations.NullMarked;
