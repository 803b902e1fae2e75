/**
 * The data source under the pool, the guarded physical connection and the ledger of them.
 */
@NullMarked
package io.github.connectionguard.connection;

import org.jspecify.annotations.NullMarked;
