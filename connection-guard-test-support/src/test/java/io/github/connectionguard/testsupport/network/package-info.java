/**
 * Tests of the test server.
 */
@NullMarked
package io.github.connectionguard.testsupport.network;

import org.jspecify.annotations.NullMarked;
