/**
 * Kotlin's coroutines, which go on now on this thread and now on that.
 */
@NullMarked
package io.github.connectionguard.neighbours.coroutine;

import org.jspecify.annotations.NullMarked;
