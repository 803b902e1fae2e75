/**
 * Tests for what a browser is given.
 */
@NullMarked
package io.github.connectionguard.endpoint.page;

import org.jspecify.annotations.NullMarked;
