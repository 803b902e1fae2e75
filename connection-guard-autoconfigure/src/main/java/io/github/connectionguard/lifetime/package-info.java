/**
 * How long a connection may live and stay quiet, and how long an exchange on it takes:
 * limits in, timers out, as pure values. All types are internal and may change without
 * notice.
 */
@NullMarked
package io.github.connectionguard.lifetime;

import org.jspecify.annotations.NullMarked;
