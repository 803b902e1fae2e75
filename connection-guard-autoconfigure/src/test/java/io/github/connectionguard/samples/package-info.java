@NullMarked
package io.github.connectionguard.samples;

import org.jspecify.annotations.NullMarked;
