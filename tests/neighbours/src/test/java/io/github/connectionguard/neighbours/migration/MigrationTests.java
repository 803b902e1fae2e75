package io.github.connectionguard.neighbours.migration;

import java.util.List;

import io.github.connectionguard.neighbours.Case;
import io.github.connectionguard.neighbours.Neighbour;
import io.github.connectionguard.neighbours.NeighbourTests;
import io.github.connectionguard.neighbours.Visit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for migrations at the start of the application and in a request.
 */
class MigrationTests extends NeighbourTests {

	MigrationTests() {
		super(Neighbour.web(MigrationApplication.class)
			.packages("org.springframework.boot.flyway", "org.springframework.boot.liquibase")
			.properties("spring.flyway.locations=classpath:migrations/flyway", "spring.flyway.baseline-on-migrate=true",
					"spring.flyway.baseline-version=0",
					"spring.liquibase.change-log=classpath:migrations/liquibase.sql"));
	}

	@Override
	protected List<Case> cases() {
		return List.of(new Case("the start has made the tables", MigrationTests::started),
				new Case("Flyway migrates in a request",
						(visit) -> migrate(visit, "/flyway", "SELECT name FROM by_flyway ORDER BY id")),
				new Case("Liquibase migrates in a request",
						(visit) -> migrate(visit, "/liquibase", "SELECT name FROM by_liquibase ORDER BY id")));
	}

	private static void started(Visit visit) {
		assertThat(visit.rows("SELECT name FROM by_flyway")).containsExactly("a");
		assertThat(visit.rows("SELECT name FROM by_liquibase")).containsExactly("a");
		visit.rows("SELECT version, success FROM flyway_schema_history ORDER BY installed_rank");
		visit.rows("SELECT LOCKED FROM DATABASECHANGELOGLOCK");
	}

	private static void migrate(Visit visit, String path, String rows) throws Exception {
		assertThat(visit.post(path, "").status()).isEqualTo(200);
		assertThat(visit.rows(rows)).containsExactly("a", "bare", "b", "bare");
		visit.rows("SELECT LOCKED FROM DATABASECHANGELOGLOCK");
	}

}
