package io.github.connectionguard.requests;

/**
 * Tests for requests that go on without their thread, in mode {@code unit}.
 */
class UnitAsyncTests extends AsyncMatrix {

	UnitAsyncTests() {
		super("unit");
	}

}
