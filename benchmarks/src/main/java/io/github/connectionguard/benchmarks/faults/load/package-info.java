/**
 * The users of the applications, who run in a process of their own in the applications'
 * network.
 */
@NullMarked
package io.github.connectionguard.benchmarks.faults.load;

import org.jspecify.annotations.NullMarked;
