package io.github.connectionguard.network.site;

import java.util.function.Function;

/**
 * The same of an application without the starter, and of one with it.
 *
 * @param <T> the type
 * @param raw without the starter
 * @param guarded with the starter
 */
public record Both<T>(T raw, T guarded) {

	/**
	 * Does the same for both, the one without the starter first.
	 * @param <R> the type of the result
	 * @param function what to do
	 * @return both results
	 */
	public <R> Both<R> map(Function<? super T, ? extends R> function) {
		return new Both<>(function.apply(this.raw), function.apply(this.guarded));
	}

}
