package io.github.connectionguard.requests;

/**
 * Tests for bodies of all sizes, on Jetty, which sends a large part at once unless it was
 * asked to keep as much.
 */
class JettyBodyTests extends BodyTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
