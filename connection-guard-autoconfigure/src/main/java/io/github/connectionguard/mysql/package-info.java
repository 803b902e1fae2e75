/**
 * What MySQL and MariaDB mean: what a session says of itself, error codes, the kinds of
 * statements, and URLs.
 */
@NullMarked
package io.github.connectionguard.mysql;

import org.jspecify.annotations.NullMarked;
