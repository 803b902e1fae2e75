/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.health;

import org.jspecify.annotations.NullMarked;
