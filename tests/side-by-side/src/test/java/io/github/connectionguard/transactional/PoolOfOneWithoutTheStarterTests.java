package io.github.connectionguard.transactional;

import io.github.connectionguard.sidebyside.Starter;

/**
 * Tests for transactional services that share a single connection, without the starter.
 */
class PoolOfOneWithoutTheStarterTests extends TransactionSemantics {

	PoolOfOneWithoutTheStarterTests() {
		super(Starter.ABSENT, 1);
	}

}
