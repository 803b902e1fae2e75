/**
 * What becomes of requests, whatever they do and however they answer.
 */
@NullMarked
package io.github.connectionguard.requests;

import org.jspecify.annotations.NullMarked;
