/**
 * Tests of the test server.
 */
@NullMarked
package io.github.connectionguard.testsupport;

import org.jspecify.annotations.NullMarked;
