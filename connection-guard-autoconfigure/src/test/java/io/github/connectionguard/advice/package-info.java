/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.advice;

import org.jspecify.annotations.NullMarked;
