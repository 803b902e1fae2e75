package io.github.connectionguard.session;

import io.github.connectionguard.session.SessionDecision.Manager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionDecision}.
 */
class SessionDecisionTests {

	@ParameterizedTest
	@CsvSource({ "AUTO, NONE, BACKSTOP", "AUTO, JDBC, UNIT", "AUTO, JDBC_ELSEWHERE, BACKSTOP",
			"AUTO, JDBC_ANYWHERE, BACKSTOP", "UNIT, JDBC_ANYWHERE, BACKSTOP", "TRANSACTION, JDBC_ANYWHERE, BACKSTOP",
			"OFF, JDBC_ANYWHERE, OFF", "AUTO, OTHER, BACKSTOP", "UNIT, NONE, BACKSTOP", "UNIT, JDBC, UNIT",
			"UNIT, JDBC_ELSEWHERE, BACKSTOP", "UNIT, OTHER, BACKSTOP", "TRANSACTION, NONE, BACKSTOP",
			"TRANSACTION, JDBC, TRANSACTION", "TRANSACTION, JDBC_ELSEWHERE, BACKSTOP",
			"TRANSACTION, OTHER, TRANSACTION", "BACKSTOP, NONE, BACKSTOP", "BACKSTOP, JDBC, BACKSTOP",
			"BACKSTOP, JDBC_ELSEWHERE, BACKSTOP", "BACKSTOP, OTHER, BACKSTOP", "OFF, NONE, OFF", "OFF, JDBC, OFF",
			"OFF, JDBC_ELSEWHERE, OFF", "OFF, OTHER, OFF" })
	void managerDecidesOverAGuardedPool(SessionMode requested, Manager manager, SessionMode decided) {
		assertThat(SessionDecision.of(requested, true, manager, "a router").mode()).isEqualTo(decided);
	}

	@ParameterizedTest
	@CsvSource({ "AUTO, UNIT, JDBC, UNIT", "AUTO, BACKSTOP, JDBC, UNIT", "UNIT, UNIT, JDBC, UNIT",
			"UNIT, UNIT, OTHER, BACKSTOP", "UNIT, UNIT, JDBC_ELSEWHERE, BACKSTOP",
			"TRANSACTION, TRANSACTION, JDBC, TRANSACTION", "TRANSACTION, TRANSACTION, OTHER, BACKSTOP",
			"TRANSACTION, TRANSACTION, JDBC_ELSEWHERE, BACKSTOP", "UNIT, UNIT, JDBC_ANYWHERE, BACKSTOP",
			"TRANSACTION, TRANSACTION, JDBC_ANYWHERE, BACKSTOP", "TRANSACTION, BACKSTOP, JDBC, BACKSTOP",
			"BACKSTOP, BACKSTOP, JDBC, BACKSTOP" })
	void otherDataSourcesFollowTheFirst(SessionMode requested, SessionMode first, Manager manager,
			SessionMode decided) {
		assertThat(SessionDecision.another(requested, first, manager, null).mode()).isEqualTo(decided);
	}

	@ParameterizedTest
	@EnumSource(SessionMode.class)
	void everythingIsOffWithoutAGuardedPool(SessionMode requested) {
		for (Manager manager : Manager.values()) {
			assertThat(SessionDecision.of(requested, false, manager, null).mode()).isEqualTo(SessionMode.OFF);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					AUTO        | NONE           | there is no single transaction manager
					AUTO        | JDBC           | the transaction manager is Spring's own for JDBC
					AUTO        | JDBC_ELSEWHERE | the transaction manager's data source is not guarded
					AUTO        | OTHER          | the transaction manager is not exactly Spring's own for JDBC
					AUTO        | JDBC_ANYWHERE  | the transaction manager's data source may lead elsewhere than to one guarded pool (a router)
					UNIT        | OTHER          | the transaction manager is not exactly Spring's own for JDBC
					TRANSACTION | NONE           | there is no single transaction manager
					TRANSACTION | JDBC_ELSEWHERE | the transaction manager's data source is not guarded
					TRANSACTION | JDBC           | connection-guard.session.mode says so
					TRANSACTION | OTHER          | connection-guard.session.mode says so
					BACKSTOP    | JDBC           | connection-guard.session.mode says so
					OFF         | JDBC           | connection-guard.session.mode says so
					""",
			quoteCharacter = '"')
	void reasonIsTold(SessionMode requested, Manager manager, String reason) {
		assertThat(SessionDecision.of(requested, true, manager, "a router").reason()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "OFF, connection-guard.session.mode says so", "AUTO, no pool to MySQL or MariaDB is guarded",
			"TRANSACTION, no pool to MySQL or MariaDB is guarded" })
	void reasonIsToldWithoutAGuardedPool(SessionMode requested, String reason) {
		assertThat(SessionDecision.of(requested, false, Manager.JDBC, null).reason()).isEqualTo(reason);
	}

}
