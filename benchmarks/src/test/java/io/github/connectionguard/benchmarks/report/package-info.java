/**
 * Tests of the page and its charts.
 */
@NullMarked
package io.github.connectionguard.benchmarks.report;

import org.jspecify.annotations.NullMarked;
