/**
 * Tests of an application with the starter beside the same one without it, on networks
 * that fail.
 */
@NullMarked
package io.github.connectionguard.network;

import org.jspecify.annotations.NullMarked;
