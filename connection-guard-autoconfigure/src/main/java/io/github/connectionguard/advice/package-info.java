/**
 * What a user would want to know of a pool's start, and of its configuration: settings
 * in, advice out. All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.advice;

import org.jspecify.annotations.NullMarked;
