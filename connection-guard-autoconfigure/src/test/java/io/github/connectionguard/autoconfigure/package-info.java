/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.autoconfigure;

import org.jspecify.annotations.NullMarked;
