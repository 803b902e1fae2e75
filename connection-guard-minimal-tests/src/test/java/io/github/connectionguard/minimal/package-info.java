/**
 * The guard in an application that has nothing it can live without.
 */
@NullMarked
package io.github.connectionguard.minimal;

import org.jspecify.annotations.NullMarked;
