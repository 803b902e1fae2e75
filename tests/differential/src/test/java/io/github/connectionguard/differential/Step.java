package io.github.connectionguard.differential;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * One step of a program.
 *
 * @param text the step as it is written in Java
 * @param action what is done
 * @param leavesTraces whether the session may be another one after it, which no return to
 * the pool puts right
 */
record Step(String text, Action action, boolean leavesTraces) {

	/**
	 * Return a step whose result is compared.
	 */
	static Step ask(String text, Action action) {
		return new Step(text, action, false);
	}

	/**
	 * Return a step that has no result.
	 */
	static Step call(String text, Call call) {
		return ask(text, (lease) -> {
			call.on(lease);
			return null;
		});
	}

	/**
	 * Return this step, known to leave traces.
	 */
	Step leavingTraces() {
		return new Step(this.text, this.action, true);
	}

	@Override
	public String toString() {
		return this.text;
	}

	/**
	 * What is done on a lease.
	 */
	@FunctionalInterface
	interface Action {

		@Nullable Object on(BorrowedConnection lease) throws SQLException;

	}

	/**
	 * What is done on a lease, without a result.
	 */
	@FunctionalInterface
	interface Call {

		void on(BorrowedConnection lease) throws SQLException;

	}

}
