/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.datasource;

import org.jspecify.annotations.NullMarked;
