package io.github.connectionguard.neighbours.library;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Visit;
import org.jooq.DSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What jOOQ's transactions do in a request and outside.
 */
final class JooqCases {

	private JooqCases() {
	}

	static List<Case> all() {
		return List.of(new Case("jOOQ's transaction is committed, and what is written around it", (visit) -> {
			assertThat(visit.get("/jooq/commit").status()).isEqualTo(200);
			assertThat(Lines.of(visit)).containsExactly("before", "inside", "after");
		}), new Case("jOOQ's transaction stays when the request fails after it", (visit) -> {
			assertThat(visit.get("/jooq/fail-after").status()).isEqualTo(500);
			assertThat(Lines.of(visit)).containsExactly("inside");
		}), new Case("jOOQ's transaction undoes its own work alone", (visit) -> {
			assertThat(visit.get("/jooq/rollback").body()).startsWith("undone");
			assertThat(Lines.of(visit)).containsExactly("before", "after");
		}), new Case("jOOQ's transaction in a transaction undoes its own work alone", (visit) -> {
			assertThat(visit.get("/jooq/nested").body()).startsWith("undone");
			assertThat(Lines.of(visit)).containsExactly("outer", "still outer");
		}), new Case("transactions of jOOQ without Spring undo their own work alone", (visit) -> {
			assertThat(visit.get("/jooq/plain").body()).startsWith("undone");
			assertThat(Lines.of(visit)).containsExactly("before", "outer", "after");
		}), new Case("jOOQ's transaction on another thread is committed", (visit) -> {
			assertThat(visit.get("/jooq/thread").body()).isEqualTo("done");
			assertThat(Lines.of(visit)).containsExactly("elsewhere");
		}), new Case("jOOQ's transactions run outside of requests", JooqCases::outside),
				new Case("what jOOQ writes outside of a transaction in a request that fails", (visit) -> {
					assertThat(visit.get("/jooq/fail-between").status()).isEqualTo(500);
					Lines.of(visit);
				}).differs(Differences.BARE_WRITE, Lines.seen("before"), Lines.seen()));
	}

	private static void outside(Visit visit) {
		DSLContext jooq = visit.bean(DSLContext.class);
		JooqController.insert(jooq, "before");
		jooq.transaction((outer) -> {
			JooqController.insert(outer.dsl(), "outer");
			visit.tell(JooqController.failing(outer.dsl()));
		});
		visit.tell(JooqController.failing(jooq));
		assertThat(Lines.of(visit)).containsExactly("before", "outer");
	}

}
