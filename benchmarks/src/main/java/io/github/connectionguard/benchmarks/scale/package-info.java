/**
 * What the guard costs where there are many connections, and where there are many guards.
 */
@NullMarked
package io.github.connectionguard.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
