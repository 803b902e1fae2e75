package io.github.connectionguard.requests;

/**
 * Tests for bodies of all sizes that the container compresses, and sends over HTTP/2, on
 * Jetty.
 */
class JettyCompressedBodyTests extends CompressedBodyTests {

	@Override
	Container container() {
		return Container.JETTY;
	}

}
