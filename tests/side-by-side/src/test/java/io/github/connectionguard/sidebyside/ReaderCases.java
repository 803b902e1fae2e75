package io.github.connectionguard.sidebyside;

/**
 * Requests that read here and write there.
 */
final class ReaderCases extends Cases {

	ReaderCases() {
		same("read-only transaction goes to the reader", (request) -> {
			request.tellValue("DATABASE()");
			request.services().readOnly(() -> request.tellValue("DATABASE()"));
			request.services().required(() -> request.tellValue("DATABASE()"));
		});
		same("read-only transaction after a bare write", (request) -> {
			request.write("first");
			request.services().readOnly(() -> request.tellValue("DATABASE()"));
			request.write("second");
		});
	}

}
