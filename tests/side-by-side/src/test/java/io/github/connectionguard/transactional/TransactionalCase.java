package io.github.connectionguard.transactional;

import java.util.List;

/**
 * What requests do, one after the other, and what is to be seen of it.
 *
 * @param name what the case shows
 * @param requests what their handlers do
 * @param transcript what is to be seen
 */
record TransactionalCase(String name, List<Handler> requests, String transcript) {

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * The handler of a request.
	 */
	@FunctionalInterface
	interface Handler {

		void handle(TransactionalRequest request) throws Exception;

	}

}
