/**
 * The guard without Spring.
 */
@NullMarked
package io.github.connectionguard.plain;

import org.jspecify.annotations.NullMarked;
