/**
 * The statements of a guarded connection, which tell it what runs and what they leave on
 * the wire.
 */
@NullMarked
package io.github.connectionguard.statement;

import org.jspecify.annotations.NullMarked;
