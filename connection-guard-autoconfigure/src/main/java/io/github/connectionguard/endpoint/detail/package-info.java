/**
 * What the endpoint answers beyond the state of a pool: who holds its connections and who
 * waits for them, its last minutes, its ticket, and what sessions do. All types are
 * internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.endpoint.detail;

import org.jspecify.annotations.NullMarked;
