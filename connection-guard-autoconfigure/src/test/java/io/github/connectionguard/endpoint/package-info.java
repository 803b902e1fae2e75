/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.endpoint;

import org.jspecify.annotations.NullMarked;
