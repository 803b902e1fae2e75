/**
 * Jobs of Quartz, kept in the database.
 */
@NullMarked
package io.github.connectionguard.neighbours.quartz;

import org.jspecify.annotations.NullMarked;
