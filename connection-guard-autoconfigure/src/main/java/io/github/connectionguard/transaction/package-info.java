/**
 * What is proven of the transaction of a server session, and what users are told of it.
 */
@NullMarked
package io.github.connectionguard.transaction;

import org.jspecify.annotations.NullMarked;
