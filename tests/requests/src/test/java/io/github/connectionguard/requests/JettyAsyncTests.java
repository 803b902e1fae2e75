package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for asynchronous requests, on Jetty.
 */
@Tag("slow")
class JettyAsyncTests extends UnitAsyncTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
