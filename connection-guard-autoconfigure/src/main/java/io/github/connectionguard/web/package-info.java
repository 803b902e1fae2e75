/**
 * The request filter and the response wrapper around one unit of work.
 */
@NullMarked
package io.github.connectionguard.web;

import org.jspecify.annotations.NullMarked;
