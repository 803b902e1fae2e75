/**
 * One application on each combination of versions that {@code docs/versions.md} lists.
 */
@NullMarked
package io.github.connectionguard.versions;

import org.jspecify.annotations.NullMarked;
