/**
 * What the tests share.
 */
@NullMarked
package io.github.connectionguard.test;

import org.jspecify.annotations.NullMarked;
