package io.github.connectionguard.neighbours.session;

import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;

/**
 * Tests for sessions that are written at once, in the middle of a request.
 */
class ImmediateSessionTests extends NeighbourTests {

	ImmediateSessionTests() {
		super(Neighbour.web(SessionApplication.class)
			.packages("org.springframework.boot.session")
			.properties("spring.session.jdbc.initialize-schema=always", "spring.session.jdbc.flush-mode=immediate",
					"spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		List<Case> cases = new ArrayList<>(SessionCases.all());
		cases.add(new Case("an attribute is written on the thread of a callable", SessionCases::call));
		cases.add(new Case("a row and an attribute are written in a request that fails", SessionCases::buyAndFail)
			.differs("Bare writes of a request that fails are undone",
					List.of("others see [before a, after a] by SELECT name FROM line"),
					List.of("others see [before a] by SELECT name FROM line")));
		return cases;
	}

}
