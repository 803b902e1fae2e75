/**
 * What the guard tells the health endpoint, from cached state alone.
 */
@NullMarked
package io.github.connectionguard.health;

import org.jspecify.annotations.NullMarked;
