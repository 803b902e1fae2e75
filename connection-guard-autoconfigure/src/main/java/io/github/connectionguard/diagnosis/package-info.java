/**
 * Why a connection died, told as a sentence with numbers.
 */
@NullMarked
package io.github.connectionguard.diagnosis;

import org.jspecify.annotations.NullMarked;
