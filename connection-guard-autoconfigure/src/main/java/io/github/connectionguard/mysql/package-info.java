/**
 * What MySQL and MariaDB mean: a session's facts, error codes, pings and URLs.
 */
@NullMarked
package io.github.connectionguard.mysql;

import org.jspecify.annotations.NullMarked;
