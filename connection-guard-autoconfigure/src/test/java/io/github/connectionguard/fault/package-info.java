/**
 * Tests for what requests notice of a fault, on real servers.
 */
@NullMarked
package io.github.connectionguard.fault;

import org.jspecify.annotations.NullMarked;
