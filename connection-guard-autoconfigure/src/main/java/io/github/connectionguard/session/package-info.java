/**
 * What users touch of sessions, and the session of a request or scope around units of
 * work.
 * <p>
 * {@link io.github.connectionguard.session.DatabaseSession},
 * {@link io.github.connectionguard.session.NoSession},
 * {@link io.github.connectionguard.session.DatabaseSessionScope},
 * {@link io.github.connectionguard.session.AsyncMethodSessions},
 * {@link io.github.connectionguard.session.SessionTaskDecorator},
 * {@link io.github.connectionguard.session.SessionMode},
 * {@link io.github.connectionguard.session.RollbackPolicy} and
 * {@link io.github.connectionguard.session.Outcome} are API. All other types are internal
 * and may change without notice.
 */
@NullMarked
package io.github.connectionguard.session;

import org.jspecify.annotations.NullMarked;
