package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for an application with one pool and MariaDB's driver.
 */
@Tag("slow")
class MariaDbDriverTests extends SideBySide {

	MariaDbDriverTests() {
		super(SetUp.MARIADB_DRIVER, new SessionStateCases(), new TransactionCases(), new LibraryCases(),
				new ReadCases(), new ReadingLibraryCases(), new FailureCases(), new LossCases());
	}

}
