/**
 * Hibernate's stateless sessions, and repositories that Spring Data REST exports.
 */
@NullMarked
package io.github.connectionguard.neighbours.jpa;

import org.jspecify.annotations.NullMarked;
