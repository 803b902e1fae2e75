/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.session;

import org.jspecify.annotations.NullMarked;
