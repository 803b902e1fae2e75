/**
 * Tests as users write them: of a whole application without a server, and of slices.
 */
@NullMarked
package io.github.connectionguard.neighbours.slices;

import org.jspecify.annotations.NullMarked;
