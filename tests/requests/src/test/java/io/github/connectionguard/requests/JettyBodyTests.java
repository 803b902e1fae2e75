package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for bodies of all sizes, on Jetty, which sends a large part at once unless it was
 * asked to keep as much.
 */
@Tag("extended")
class JettyBodyTests extends BodyTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
