/**
 * What becomes of a request and its rows: every way to reach data, in every mode of the
 * session, with every outcome.
 */
@NullMarked
package io.github.connectionguard.data.matrix;

import org.jspecify.annotations.NullMarked;
