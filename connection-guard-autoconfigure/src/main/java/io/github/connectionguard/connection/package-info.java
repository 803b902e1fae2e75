/**
 * The guarded connection, the physical connections under it, the ledger of them, and the
 * data source that opens them. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.connection;

import org.jspecify.annotations.NullMarked;
