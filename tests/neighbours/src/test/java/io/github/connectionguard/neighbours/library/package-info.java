/**
 * Libraries that write by a JDBC transaction manager: jOOQ, MyBatis, GraphQL, Reactor.
 */
@NullMarked
package io.github.connectionguard.neighbours.library;

import org.jspecify.annotations.NullMarked;
