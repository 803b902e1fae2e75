/**
 * The statements of a guarded connection, which tell it what runs and what they leave on
 * the wire. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.statement;

import org.jspecify.annotations.NullMarked;
