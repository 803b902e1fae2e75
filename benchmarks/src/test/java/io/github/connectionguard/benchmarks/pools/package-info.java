/**
 * Tests that pools are compared as is told.
 */
@NullMarked
package io.github.connectionguard.benchmarks.pools;

import org.jspecify.annotations.NullMarked;
