/**
 * Tests for the watch over the server.
 */
@NullMarked
package io.github.connectionguard.watch;

import org.jspecify.annotations.NullMarked;
