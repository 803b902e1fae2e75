/**
 * Tests for whose the connections of a server are.
 */
@NullMarked
package io.github.connectionguard.fleet;

import org.jspecify.annotations.NullMarked;
