/**
 * What the guard tells the health endpoint, from cached state alone. All types are
 * internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.health;

import org.jspecify.annotations.NullMarked;
