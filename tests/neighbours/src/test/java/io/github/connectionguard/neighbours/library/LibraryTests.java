package io.github.connectionguard.neighbours.library;

import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;

/**
 * Tests for jOOQ, MyBatis, GraphQL and Reactor.
 */
class LibraryTests extends NeighbourTests {

	LibraryTests() {
		super(Neighbour.web(LibraryApplication.class)
			.packages("org.springframework.boot.jooq", "org.mybatis.spring.boot", "org.springframework.boot.graphql",
					"org.springframework.boot.task")
			.properties("spring.sql.init.schema-locations=classpath:line.sql"));
	}

	@Override
	protected List<Case> cases() {
		return Stream.of(JooqCases.all(), MyBatisCases.all(), GraphQlCases.all(), ReactorCases.all())
			.flatMap(List::stream)
			.toList();
	}

}
