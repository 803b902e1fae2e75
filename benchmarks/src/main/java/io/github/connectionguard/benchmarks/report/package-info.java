/**
 * What benchmarks have in common: what they measured, kept in files, and the page and the
 * charts made of it.
 */
@NullMarked
package io.github.connectionguard.benchmarks.report;

import org.jspecify.annotations.NullMarked;
