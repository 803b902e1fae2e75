package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for responses that are sent in part before the work has ended, on Jetty.
 */
@Tag("slow")
class JettyEarlyFlushTests extends UnitEarlyFlushTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
