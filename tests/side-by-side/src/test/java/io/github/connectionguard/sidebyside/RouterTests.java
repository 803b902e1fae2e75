package io.github.connectionguard.sidebyside;

/**
 * Tests for an application with a routing data source.
 */
class RouterTests extends SideBySide {

	RouterTests() {
		super(SetUp.ROUTER, new TenantCases(), new AddedTenantCases());
	}

}
