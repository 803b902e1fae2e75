/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.lifetime;

import org.jspecify.annotations.NullMarked;
