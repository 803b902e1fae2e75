/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.mysql;

import org.jspecify.annotations.NullMarked;
