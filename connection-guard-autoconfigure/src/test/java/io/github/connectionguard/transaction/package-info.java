/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.transaction;

import org.jspecify.annotations.NullMarked;
