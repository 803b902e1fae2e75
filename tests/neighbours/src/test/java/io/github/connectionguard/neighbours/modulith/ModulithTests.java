package io.github.connectionguard.neighbours.modulith;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import org.springframework.modulith.events.IncompleteEventPublications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for events that are kept until they are handled.
 */
class ModulithTests extends NeighbourTests {

	private static final String LINES = "SELECT name FROM line ORDER BY id";

	private static final String COMPLETED = "SELECT COMPLETION_DATE IS NOT NULL FROM EVENT_PUBLICATION";

	ModulithTests() {
		super(Neighbour.web(ModulithApplication.class)
			.packages("org.springframework.modulith.events")
			.properties("spring.modulith.events.jdbc.schema-initialization.enabled=true",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("an event is handled", ModulithTests::handle),
				new Case("an event is handled in a second attempt", ModulithTests::resubmit),
				new Case("an event of a request that fails later is handled", ModulithTests::orderAndFail),
				new Case("an event of a transaction that fails is not handled", ModulithTests::failToOrder),
				new Case("an event without a transaction is not handled", ModulithTests::orderBare));
	}

	private static void handle(Visit visit) throws Exception {
		clear(visit);
		visit.post("/order", "item=a");
		visit.awaitRows(COMPLETED, "1");
		assertThat(visit.rows(LINES)).containsExactly("a ordered", "a shipped");
	}

	private static void resubmit(Visit visit) throws Exception {
		clear(visit);
		visit.bean(ModulithApplication.Shipping.class).setClosed(true);
		visit.post("/order", "item=a");
		visit.awaitRows("SELECT STATUS FROM EVENT_PUBLICATION", "FAILED");
		assertThat(visit.rows(LINES)).containsExactly("a ordered");
		visit.bean(ModulithApplication.Shipping.class).setClosed(false);
		visit.bean(IncompleteEventPublications.class).resubmitIncompletePublications((publication) -> true);
		visit.awaitRows(COMPLETED, "1");
		assertThat(visit.rows(LINES)).containsExactly("a ordered", "a shipped");
	}

	private static void orderAndFail(Visit visit) throws Exception {
		clear(visit);
		assertThat(visit.post("/order-and-fail", "item=a").status()).isEqualTo(500);
		visit.awaitRows(COMPLETED, "1");
		assertThat(visit.rows(LINES)).containsExactly("a ordered", "a shipped");
	}

	private static void failToOrder(Visit visit) throws Exception {
		clear(visit);
		assertThat(visit.post("/fail-to-order", "item=a").status()).isEqualTo(500);
		assertThat(visit.rows(LINES)).isEmpty();
		assertThat(visit.rows(COMPLETED)).isEmpty();
	}

	private static void orderBare(Visit visit) throws Exception {
		clear(visit);
		visit.post("/order-bare", "item=a");
		assertThat(visit.rows(LINES)).containsExactly("a ordered");
		visit.rows(COMPLETED);
	}

	private static void clear(Visit visit) {
		visit.others().update("DELETE FROM EVENT_PUBLICATION");
		visit.others().update("DELETE FROM line");
	}

}
