/**
 * An application written only with {@code @Transactional} services, which sees no
 * difference whether the starter is there.
 */
@NullMarked
package io.github.connectionguard.transactional;

import org.jspecify.annotations.NullMarked;
