/**
 * How long a connection may live and stay quiet: limits in, timers out, as pure values.
 */
@NullMarked
package io.github.connectionguard.lifetime;

import org.jspecify.annotations.NullMarked;
