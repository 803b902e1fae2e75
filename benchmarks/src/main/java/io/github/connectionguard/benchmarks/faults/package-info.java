/**
 * What applications with different pools come to when things go wrong between them and
 * their server, side by side.
 */
@NullMarked
package io.github.connectionguard.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
