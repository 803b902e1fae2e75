/**
 * Tests of all the ways in which an application reaches its data.
 */
@NullMarked
package io.github.connectionguard.data;

import org.jspecify.annotations.NullMarked;
