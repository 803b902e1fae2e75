package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for the ways a response can be sent, in mode {@code transaction}.
 */
@Tag("slow")
class TransactionSendingTests extends SendingMatrix {

	TransactionSendingTests() {
		super("transaction");
	}

}
