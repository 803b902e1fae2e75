/**
 * An application as a user would write it.
 */
@NullMarked
package io.github.connectionguard.sample;

import org.jspecify.annotations.NullMarked;
