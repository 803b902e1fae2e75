/**
 * Jobs of JobRunr.
 */
@NullMarked
package io.github.connectionguard.neighbours.jobrunr;

import org.jspecify.annotations.NullMarked;
