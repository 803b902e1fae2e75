/**
 * A program that has HikariCP, a driver and the guard, and nothing else.
 */
@NullMarked
package io.github.connectionguard.plain;

import org.jspecify.annotations.NullMarked;
