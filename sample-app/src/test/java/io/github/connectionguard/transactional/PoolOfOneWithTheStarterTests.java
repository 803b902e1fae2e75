package io.github.connectionguard.transactional;

/**
 * Tests for transactional services that share a single connection, with the starter.
 */
class PoolOfOneWithTheStarterTests extends TransactionSemantics {

	PoolOfOneWithTheStarterTests() {
		super(Starter.PRESENT, 1);
	}

}
