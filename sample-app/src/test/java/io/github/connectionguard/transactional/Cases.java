package io.github.connectionguard.transactional;

import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.transactional.Case.Handler;

/**
 * Cases of one kind.
 */
abstract class Cases {

	private final List<Case> all = new ArrayList<>();

	List<Case> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Add a case of one request.
	 */
	final void add(String name, Handler request, String transcript) {
		this.all.add(new Case(name, List.of(request), transcript));
	}

	/**
	 * Add a case of two requests.
	 */
	final void add(String name, Handler first, Handler second, String transcript) {
		this.all.add(new Case(name, List.of(first, second), transcript));
	}

}
