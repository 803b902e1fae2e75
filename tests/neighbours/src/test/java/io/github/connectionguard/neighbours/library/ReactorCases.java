package io.github.connectionguard.neighbours.library;

import java.util.List;

import io.github.connectionguard.neighbours.Case;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of writes in publishers that handlers of Spring MVC return.
 */
final class ReactorCases {

	private ReactorCases() {
	}

	static List<Case> all() {
		return List.of(
				answered("writes of a handler and its Mono stay", "/reactor/mono", 200, "in the handler",
						"in the Mono"),
				answered("write of a Mono on another thread stays", "/reactor/mono-elsewhere", 200, "in the handler",
						"elsewhere"),
				answered("write of a Mono that fails stays", "/reactor/mono-fails", 500, "in the Mono"),
				answered("writes around a Mono that fails on another thread stay", "/reactor/mono-fails-elsewhere", 500,
						"in the handler", "in the Mono"),
				answered("transaction of a handler ends before its Mono", "/reactor/transactional", 500,
						"in the transaction", "in the Mono"),
				answered("writes of a Flux stay", "/reactor/flux", 200, "element 1", "element 2", "element 3"),
				answered("writes of a Flux on another thread stay", "/reactor/flux-elsewhere", 200, "element 1",
						"element 2", "element 3"),
				new Case("what a handler writes that fails before it returns a Mono", (visit) -> {
					assertThat(visit.get("/reactor/handler-fails").status()).isEqualTo(500);
					Lines.of(visit);
				}).differs(Differences.BARE_WRITE, Lines.seen("in the handler"), Lines.seen()));
	}

	private static Case answered(String name, String path, int status, String... lines) {
		return new Case(name, (visit) -> {
			assertThat(visit.get(path).status()).isEqualTo(status);
			assertThat(Lines.of(visit)).containsExactly(lines);
		});
	}

}
