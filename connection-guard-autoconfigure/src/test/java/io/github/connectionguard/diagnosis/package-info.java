/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.diagnosis;

import org.jspecify.annotations.NullMarked;
