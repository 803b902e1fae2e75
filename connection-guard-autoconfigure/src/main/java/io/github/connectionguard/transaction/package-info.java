/**
 * What is proven of the transaction of a server session, and what users are told of it.
 * <p>
 * {@link io.github.connectionguard.transaction.CommitOutcomeUnknownException} is API. All
 * other types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.transaction;

import org.jspecify.annotations.NullMarked;
