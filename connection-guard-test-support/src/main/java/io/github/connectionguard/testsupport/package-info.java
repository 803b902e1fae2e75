/**
 * A real database server for tests, and what may be on the way to it.
 */
@NullMarked
package io.github.connectionguard.testsupport;

import org.jspecify.annotations.NullMarked;
