package io.github.connectionguard.transactional;

import io.github.connectionguard.sidebyside.Starter;

/**
 * Tests for transactional services that share a single connection, with the starter.
 */
class PoolOfOneWithTheStarterTests extends TransactionSemantics {

	PoolOfOneWithTheStarterTests() {
		super(Starter.PRESENT, 1);
	}

}
