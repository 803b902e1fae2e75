/**
 * An application in a process and network of its own, and what its requests came to.
 */
@NullMarked
package io.github.connectionguard.network.application;

import org.jspecify.annotations.NullMarked;
