/**
 * Auto-configuration for sessions, whoever begins them.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.session;

import org.jspecify.annotations.NullMarked;
