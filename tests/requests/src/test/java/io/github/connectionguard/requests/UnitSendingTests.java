package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for the ways a response can be sent, in mode {@code unit}.
 */
@Tag("extended")
class UnitSendingTests extends SendingMatrix {

	UnitSendingTests() {
		super("unit");
	}

}
