/**
 * The request filter and the response wrapper around a session.
 * <p>
 * {@link io.github.connectionguard.web.SessionFilter} is API as far as its constructors
 * and its order go. All other types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.web;

import org.jspecify.annotations.NullMarked;
