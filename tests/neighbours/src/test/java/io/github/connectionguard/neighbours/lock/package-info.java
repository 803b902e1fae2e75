/**
 * Locks in the database, by Spring Integration and ShedLock.
 */
@NullMarked
package io.github.connectionguard.neighbours.lock;

import org.jspecify.annotations.NullMarked;
