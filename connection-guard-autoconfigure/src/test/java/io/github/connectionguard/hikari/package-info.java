/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.hikari;

import org.jspecify.annotations.NullMarked;
