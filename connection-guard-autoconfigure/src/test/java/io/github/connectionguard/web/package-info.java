/**
 * Tests of this package.
 */
@NullMarked
package io.github.connectionguard.web;

import org.jspecify.annotations.NullMarked;
