package io.github.connectionguard.transactional;

import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.transactional.TransactionalCase.Handler;

/**
 * TransactionalCases of one kind.
 */
abstract class TransactionalCases {

	private final List<TransactionalCase> all = new ArrayList<>();

	List<TransactionalCase> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Add a case of one request.
	 */
	final void add(String name, Handler request, String transcript) {
		this.all.add(new TransactionalCase(name, List.of(request), transcript));
	}

	/**
	 * Add a case of two requests.
	 */
	final void add(String name, Handler first, Handler second, String transcript) {
		this.all.add(new TransactionalCase(name, List.of(first, second), transcript));
	}

}
