package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for a routing data source where each request is to be one transaction.
 */
@Tag("slow")
class RouterInTransactionModeTests extends SideBySide {

	RouterInTransactionModeTests() {
		super(SetUp.ROUTER_IN_TRANSACTION_MODE, new TenantCases(), new AddedTenantCases());
	}

}
