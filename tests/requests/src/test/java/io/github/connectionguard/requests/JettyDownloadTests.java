package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for bodies that are larger than any buffer, on Jetty.
 */
@Tag("slow")
class JettyDownloadTests extends DownloadTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
