package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for requests that go on without their thread, in mode {@code transaction}.
 */
@Tag("slow")
class TransactionAsyncTests extends AsyncMatrix {

	TransactionAsyncTests() {
		super("transaction");
	}

}
