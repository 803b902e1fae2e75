/**
 * The watch over the server itself: whether it is there, and still what it was. All types
 * are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.watch;

import org.jspecify.annotations.NullMarked;
