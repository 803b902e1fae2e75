/**
 * Applications of libraries that use the pool too, with the starter and without.
 */
@NullMarked
package io.github.connectionguard.neighbours;

import org.jspecify.annotations.NullMarked;
