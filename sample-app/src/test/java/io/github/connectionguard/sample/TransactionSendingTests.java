package io.github.connectionguard.sample;

/**
 * Tests for the ways a response can be sent, in mode {@code transaction}.
 */
class TransactionSendingTests extends SendingMatrix {

	TransactionSendingTests() {
		super("transaction");
	}

}
