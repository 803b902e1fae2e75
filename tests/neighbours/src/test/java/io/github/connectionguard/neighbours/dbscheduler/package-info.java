/**
 * Tasks of db-scheduler.
 */
@NullMarked
package io.github.connectionguard.neighbours.dbscheduler;

import org.jspecify.annotations.NullMarked;
