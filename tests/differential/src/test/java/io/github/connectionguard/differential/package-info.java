/**
 * JDBC programs that run on a plain pool and on a guarded one, and are compared after
 * every step.
 */
@NullMarked
package io.github.connectionguard.differential;

import org.jspecify.annotations.NullMarked;
