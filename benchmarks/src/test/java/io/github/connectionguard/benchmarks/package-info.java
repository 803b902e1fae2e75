/**
 * Tests of what the benchmarks tell.
 */
@NullMarked
package io.github.connectionguard.benchmarks;

import org.jspecify.annotations.NullMarked;
