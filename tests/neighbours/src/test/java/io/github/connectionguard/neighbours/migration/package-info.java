/**
 * Migrations by Flyway and Liquibase.
 */
@NullMarked
package io.github.connectionguard.neighbours.migration;

import org.jspecify.annotations.NullMarked;
