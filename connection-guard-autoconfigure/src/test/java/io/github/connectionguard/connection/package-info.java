/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.connection;

import org.jspecify.annotations.NullMarked;
