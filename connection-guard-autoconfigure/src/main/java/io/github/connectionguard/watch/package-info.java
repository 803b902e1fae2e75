/**
 * The watch over the server itself: whether it is there, and still what it was.
 */
@NullMarked
package io.github.connectionguard.watch;

import org.jspecify.annotations.NullMarked;
