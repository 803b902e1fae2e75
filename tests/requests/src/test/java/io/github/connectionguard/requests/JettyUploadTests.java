package io.github.connectionguard.requests;

import org.junit.jupiter.api.Tag;

/**
 * Tests for requests whose client sends the body when it is asked for, on Jetty.
 */
@Tag("slow")
class JettyUploadTests extends UploadTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
