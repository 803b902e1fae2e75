/**
 * Tests of sessions over JPA.
 */
@NullMarked
package io.github.connectionguard.data.jpa;

import org.jspecify.annotations.NullMarked;
