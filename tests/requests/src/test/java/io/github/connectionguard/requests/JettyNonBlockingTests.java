package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for requests that go on without their thread by means of the Servlet API alone,
 * on Jetty.
 */
@Tag("slow")
class JettyNonBlockingTests extends NonBlockingTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
