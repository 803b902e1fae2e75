/**
 * Auto-configuration for sessions, whoever begins them.
 * <p>
 * The name of
 * {@link io.github.connectionguard.autoconfigure.session.SessionScopeAutoConfiguration}
 * is API, to exclude it or to come after it. All else is internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.autoconfigure.session;

import org.jspecify.annotations.NullMarked;
