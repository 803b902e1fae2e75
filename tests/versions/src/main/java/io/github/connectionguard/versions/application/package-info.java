/**
 * The application that is run on each combination of versions. It uses nothing of the
 * guard, and of its neighbours only what all of their versions have.
 */
@NullMarked
package io.github.connectionguard.versions.application;

import org.jspecify.annotations.NullMarked;
