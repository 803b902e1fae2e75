/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.driver;

import org.jspecify.annotations.NullMarked;
