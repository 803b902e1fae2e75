/**
 * One unit of work: when to begin, commit, roll back and give back. Knows nothing of who
 * begins it.
 * <p>
 * {@link io.github.connectionguard.unit.SessionRolledBackException} is API. All other
 * types are internal and may change without notice; some are public, as sessions are made
 * of them.
 */
@NullMarked
package io.github.connectionguard.unit;

import org.jspecify.annotations.NullMarked;
