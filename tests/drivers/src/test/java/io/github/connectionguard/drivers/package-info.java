/**
 * Tests with other versions of the libraries the guard stands between.
 */
@NullMarked
package io.github.connectionguard.drivers;

import org.jspecify.annotations.NullMarked;
