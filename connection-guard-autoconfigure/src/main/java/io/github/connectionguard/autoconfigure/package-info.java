/**
 * Auto-configuration for the guard: properties and wiring.
 */
@NullMarked
package io.github.connectionguard.autoconfigure;

import org.jspecify.annotations.NullMarked;
