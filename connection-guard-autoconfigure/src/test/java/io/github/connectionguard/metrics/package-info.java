/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.metrics;

import org.jspecify.annotations.NullMarked;
