/**
 * Jobs of Spring Batch, with their records.
 */
@NullMarked
package io.github.connectionguard.neighbours.batch;

import org.jspecify.annotations.NullMarked;
