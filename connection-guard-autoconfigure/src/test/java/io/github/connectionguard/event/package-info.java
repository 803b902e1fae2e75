/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.event;

import org.jspecify.annotations.NullMarked;
