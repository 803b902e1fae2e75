/**
 * Users, tokens and logins that Spring Security keeps in the database.
 */
@NullMarked
package io.github.connectionguard.neighbours.security;

import org.jspecify.annotations.NullMarked;
