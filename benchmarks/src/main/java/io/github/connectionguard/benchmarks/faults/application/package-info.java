/**
 * The web application that every pool has to serve while things go wrong.
 */
@NullMarked
package io.github.connectionguard.benchmarks.faults.application;

import org.jspecify.annotations.NullMarked;
