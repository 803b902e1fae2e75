package io.github.connectionguard.sidebyside;

import org.junit.jupiter.api.Tag;

/**
 * Tests for a lazy proxy that reads elsewhere.
 */
@Tag("slow")
class ReaderTests extends SideBySide {

	ReaderTests() {
		super(SetUp.READER, new ReaderCases());
	}

}
