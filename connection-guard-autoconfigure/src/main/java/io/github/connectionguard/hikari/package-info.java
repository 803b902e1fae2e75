/**
 * The only package that knows HikariCP: guarding a pool, its timers, its internals.
 */
@NullMarked
package io.github.connectionguard.hikari;

import org.jspecify.annotations.NullMarked;
