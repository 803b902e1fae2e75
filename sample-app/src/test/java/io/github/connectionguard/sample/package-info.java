/**
 * What the sample's users are promised.
 */
@NullMarked
package io.github.connectionguard.sample;

import org.jspecify.annotations.NullMarked;
