/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.keepalive;

import org.jspecify.annotations.NullMarked;
