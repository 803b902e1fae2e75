package io.github.connectionguard.neighbours.library;

import java.util.List;

import io.github.connectionguard.neighbours.Case;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What batches of MyBatis do.
 */
final class MyBatisCases {

	private MyBatisCases() {
	}

	static List<Case> all() {
		return List.of(new Case("batch is sent at the commit of its transaction", (visit) -> {
			assertThat(visit.get("/mybatis/commit").status()).isEqualTo(200);
			assertThat(Lines.of(visit)).containsExactly("a", "b");
		}), new Case("batch is sent when it is flushed, and before a query", (visit) -> {
			assertThat(visit.get("/mybatis/flush").body()).isEqualTo("[\"a\",\"b\"]");
			assertThat(Lines.of(visit)).containsExactly("a", "b");
		}), new Case("batch that fails at the commit undoes its transaction", (visit) -> {
			assertThat(visit.get("/mybatis/fail-at-commit").status()).isEqualTo(500);
			assertThat(Lines.of(visit)).isEmpty();
		}), new Case("batch outside of a transaction is sent at once, beside other statements", (visit) -> {
			assertThat(visit.get("/mybatis/bare").body()).isEqualTo("[\"a\",\"b\",\"c\"]");
			assertThat(Lines.of(visit)).containsExactly("a", "b", "c");
		}), new Case("batch cannot join what is no batch", (visit) -> {
			assertThat(visit.get("/mybatis/mixed").body()).isEqualTo("TransientDataAccessResourceException");
			assertThat(Lines.of(visit)).containsExactly("a");
		}), new Case("batch outside of a transaction in a request that fails", (visit) -> {
			assertThat(visit.get("/mybatis/fail-bare").status()).isEqualTo(500);
			Lines.of(visit);
		}).differs(Differences.BARE_WRITE, Lines.seen("a", "b"), Lines.seen()));
	}

}
