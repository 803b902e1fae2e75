/**
 * Spring WebFlux, where no request has a thread of its own.
 */
@NullMarked
package io.github.connectionguard.neighbours.flux;

import org.jspecify.annotations.NullMarked;
