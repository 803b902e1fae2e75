/**
 * The same requests to an application with the starter and without.
 */
@NullMarked
package io.github.connectionguard.sidebyside;

import org.jspecify.annotations.NullMarked;
