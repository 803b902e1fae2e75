/**
 * One unit of work: when to begin, commit, roll back and give back.
 */
@NullMarked
package io.github.connectionguard.session;

import org.jspecify.annotations.NullMarked;
