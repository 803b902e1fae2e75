package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for a routing data source that reads elsewhere.
 */
@Tag("slow")
class RoutedReaderTests extends SideBySide {

	RoutedReaderTests() {
		super(SetUp.ROUTED_READER, new ReaderCases());
	}

}
