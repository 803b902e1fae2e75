/**
 * Auto-configuration for the health contributors.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
