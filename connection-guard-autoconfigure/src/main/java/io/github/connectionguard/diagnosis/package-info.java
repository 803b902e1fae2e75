/**
 * Why a connection died, told as a sentence with numbers.
 * <p>
 * {@link io.github.connectionguard.diagnosis.LossCause} is API. All other types are
 * internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.diagnosis;

import org.jspecify.annotations.NullMarked;
