/**
 * Why a connection died or was closed, told as a sentence with numbers.
 * <p>
 * {@link io.github.connectionguard.diagnosis.LossCause} and
 * {@link io.github.connectionguard.diagnosis.RetirementCause} are API. All other types
 * are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.diagnosis;

import org.jspecify.annotations.NullMarked;
