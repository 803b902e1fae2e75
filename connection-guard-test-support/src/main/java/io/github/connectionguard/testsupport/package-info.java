/**
 * A real database server for tests.
 */
@NullMarked
package io.github.connectionguard.testsupport;

import org.jspecify.annotations.NullMarked;
