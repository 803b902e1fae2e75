/**
 * Auto-configuration for the request session.
 * <p>
 * The name of
 * {@link io.github.connectionguard.autoconfigure.web.ConnectionGuardSessionAutoConfiguration}
 * is API, to exclude it or to come after it. All else is internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
