/**
 * Applications of several contexts, of which one is the parent of others.
 */
@NullMarked
package io.github.connectionguard.neighbours.hierarchy;

import org.jspecify.annotations.NullMarked;
