package io.github.connectionguard.sample;

/**
 * Tests for requests that go on without their thread, in mode {@code transaction}.
 */
class TransactionAsyncTests extends AsyncMatrix {

	TransactionAsyncTests() {
		super("transaction");
	}

}
