package io.github.connectionguard.sidebyside;

/**
 * Tests for an application with dynamic-datasource.
 */
class DynamicDataSourceTests extends SideBySide {

	DynamicDataSourceTests() {
		super(SetUp.DYNAMIC, new TenantCases());
	}

}
