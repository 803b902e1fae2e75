package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for a routing data source behind a lazy proxy.
 */
@Tag("slow")
class LazyProxyOverARouterTests extends SideBySide {

	LazyProxyOverARouterTests() {
		super(SetUp.LAZY_PROXY_OVER_A_ROUTER, new TenantCases());
	}

}
