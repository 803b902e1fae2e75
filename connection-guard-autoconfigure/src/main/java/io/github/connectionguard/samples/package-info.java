/**
 * What a pool looked like in the last minutes: values, pure. All types are internal and
 * may change without notice.
 */
@NullMarked
package io.github.connectionguard.samples;

import org.jspecify.annotations.NullMarked;
