/**
 * Networks inside this machine, and what happens to real ones.
 */
@NullMarked
package io.github.connectionguard.testsupport.network;

import org.jspecify.annotations.NullMarked;
