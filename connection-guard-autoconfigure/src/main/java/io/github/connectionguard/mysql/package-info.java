/**
 * What MySQL and MariaDB mean: what a session says of itself, error codes, the kinds of
 * statements, and URLs. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.mysql;

import org.jspecify.annotations.NullMarked;
