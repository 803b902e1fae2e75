package io.github.connectionguard.neighbours.coroutine;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handlers of Spring MVC that are suspended: they have no session, wherever
 * they run.
 */
class CoroutineTests extends NeighbourTests {

	private static final String NAMES = "SELECT name FROM line ORDER BY id";

	CoroutineTests() {
		super(Neighbour.web(CoroutineApplication.class)
			.properties("spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(succeeds("/never", "before"), fails("/never", "before"), succeeds("/delay", "before", "after"),
				fails("/delay", "before", "after"), succeeds("/io", "changed", "on a worker", "1 changed"),
				fails("/io", "changed", "on a worker", "1 changed"), succeeds("/seen", "before", "1 seen"),
				fails("/seen", "before", "1 seen"), succeeds("/transaction", "before", "in a transaction"),
				fails("/transaction", "before"), succeeds("/annotated", "before", "transaction is active: false"),
				fails("/annotated", "before", "transaction is active: false"));
	}

	private static Case succeeds(String path, String... lines) {
		return answered(path + "?fails=false", 200, lines);
	}

	/**
	 * What is written bare stays although the function fails.
	 */
	private static Case fails(String path, String... lines) {
		return answered(path + "?fails=true", 500, lines);
	}

	private static Case answered(String path, int status, String... lines) {
		return new Case(path, (visit) -> {
			assertThat(visit.get(path).status()).isEqualTo(status);
			assertThat(visit.rows(NAMES)).containsExactly(lines);
			visit.others().update("DELETE FROM line");
		});
	}

}
