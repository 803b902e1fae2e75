package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for an application that borrows its connections lazily.
 */
@Tag("slow")
class LazyProxyTests extends SideBySide {

	LazyProxyTests() {
		super(SetUp.LAZY_PROXY, new SessionStateCases(), new TransactionCases(), new LibraryCases(), new ReadCases(),
				new ReadingLibraryCases(), new FailureCases(), new LossCases());
	}

}
