package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for requests that go on without their thread, in mode {@code unit}.
 */
@Tag("extended")
class UnitAsyncTests extends AsyncMatrix {

	UnitAsyncTests() {
		super("unit");
	}

}
