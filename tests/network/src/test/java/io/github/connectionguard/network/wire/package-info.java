/**
 * Networks inside this machine, and what happens to real ones.
 */
@NullMarked
package io.github.connectionguard.network.wire;

import org.jspecify.annotations.NullMarked;
