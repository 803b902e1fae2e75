/**
 * One HikariCP pool under guard: the pool, its server, its leases and losses, its timers,
 * and what HikariCP does not offer. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.hikari;

import org.jspecify.annotations.NullMarked;
