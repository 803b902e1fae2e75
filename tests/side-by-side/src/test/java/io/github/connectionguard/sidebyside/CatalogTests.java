package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for a pool whose connections are set to the tenant's database.
 */
@Tag("slow")
class CatalogTests extends SideBySide {

	CatalogTests() {
		super(SetUp.CATALOG, new TenantCases());
	}

}
