package io.github.connectionguard.requests;

/**
 * Tests for the ways a response can be sent, in mode {@code unit}.
 */
class UnitSendingTests extends SendingMatrix {

	UnitSendingTests() {
		super("unit");
	}

}
