package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for the ways a response can be sent, on Jetty.
 */
@Tag("slow")
class JettySendingTests extends UnitSendingTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
