/**
 * Events that Spring Modulith keeps until they are handled.
 */
@NullMarked
package io.github.connectionguard.neighbours.modulith;

import org.jspecify.annotations.NullMarked;
