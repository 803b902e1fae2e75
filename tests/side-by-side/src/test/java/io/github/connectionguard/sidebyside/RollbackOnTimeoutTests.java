package io.github.connectionguard.sidebyside;

import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/**
 * Tests for a server that undoes all of a transaction when a lock's timeout is over.
 */
@Tag("slow")
class RollbackOnTimeoutTests extends SideBySide {

	private final TestServer server = TestServer.start("--innodb-rollback-on-timeout=ON");

	RollbackOnTimeoutTests() {
		super(SetUp.POOL, new LockTimeoutCases());
	}

	@Override
	TestServer server() {
		return this.server;
	}

	@AfterAll
	void stopServer() {
		this.server.close();
	}

}
