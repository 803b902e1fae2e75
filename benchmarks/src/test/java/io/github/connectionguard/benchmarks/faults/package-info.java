/**
 * Tests of how the benchmark of faults judges.
 */
@NullMarked
package io.github.connectionguard.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
