/**
 * What units of work come to, in numbers, pure. All types are internal and may change
 * without notice.
 */
@NullMarked
package io.github.connectionguard.outcome;

import org.jspecify.annotations.NullMarked;
