package io.github.connectionguard.sidebyside;

import java.util.ArrayList;
import java.util.List;

/**
 * Cases of one topic.
 */
abstract class Cases {

	private final List<Case> all = new ArrayList<>();

	List<Case> all() {
		return List.copyOf(this.all);
	}

	/**
	 * Add a case whose effects are the same.
	 */
	final void same(String name, Handler... requests) {
		this.all.add(new Case(name, List.of(requests), null));
	}

	/**
	 * Add a case whose effects differ, as is promised to users.
	 */
	final void differs(String name, String reason, Handler request, String transcript) {
		differs(name, reason, List.of(request), transcript);
	}

	final void differs(String name, String reason, List<Handler> requests, String transcript) {
		this.all.add(new Case(name, requests, new Case.Difference(reason, transcript.strip())));
	}

}
