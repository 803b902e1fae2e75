package io.github.connectionguard.neighbours.session;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions that are written when the request ends.
 */
class SessionTests extends NeighbourTests {

	SessionTests() {
		super(Neighbour.web(SessionApplication.class)
			.packages("org.springframework.boot.session")
			.properties("spring.session.jdbc.initialize-schema=always",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("an attribute is there in the next request", (visit) -> {
			visit.get("/put?item=a");
			assertThat(visit.get("/cart").body()).isEqualTo("a");
			visit.rows("SELECT ATTRIBUTE_NAME FROM SPRING_SESSION_ATTRIBUTES");
		}));
	}

}
