/**
 * Benchmarks of the guard.
 */
@NullMarked
package io.github.connectionguard.benchmarks;

import org.jspecify.annotations.NullMarked;
