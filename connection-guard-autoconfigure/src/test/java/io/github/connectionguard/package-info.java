/**
 * Tests of the house as a whole.
 */
@NullMarked
package io.github.connectionguard;

import org.jspecify.annotations.NullMarked;
