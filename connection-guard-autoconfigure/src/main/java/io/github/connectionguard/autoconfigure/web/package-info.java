/**
 * Auto-configuration for the request session.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
