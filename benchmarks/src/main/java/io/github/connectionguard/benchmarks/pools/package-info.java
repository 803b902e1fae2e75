/**
 * The pool's own cost: what it takes each pool to lend a connection.
 */
@NullMarked
package io.github.connectionguard.benchmarks.pools;

import org.jspecify.annotations.NullMarked;
