package io.github.connectionguard.sidebyside;

import java.util.List;

/**
 * Requests that fail, which leave nothing behind with the starter.
 */
final class FailureCases extends Cases {

	FailureCases() {
		differs("write, then an exception", "a request that fails is rolled back", (request) -> {
			request.write("first");
			throw new IllegalStateException("after it");
		}, """
				answered 500, others see a [], b []
				nothing is open
				ERROR [dispatcherServlet] IllegalStateException
				""");
		differs("write, then a status of 500", "a request that fails is rolled back", (request) -> {
			request.write("first");
			request.answer(500);
		}, """
				answered 500, others see a [], b []
				nothing is open
				""");
		same("write, then a status of 404", (request) -> {
			request.write("first");
			request.answer(404);
		});
		same("failure after a transaction", (request) -> {
			request.services().required(() -> request.write("first"));
			throw new IllegalStateException("after it");
		});
		same("failure before anything", (request) -> {
			throw new IllegalStateException("at once");
		});
		same("failure after a read", (request) -> {
			request.tellValue("1");
			throw new IllegalStateException("after it");
		});
		differs("failure, then a request that succeeds", "a request that fails is rolled back", List.of((request) -> {
			request.write("first");
			throw new IllegalStateException("after it");
		}, (request) -> {
			request.write("first");
			request.services().required(() -> request.write("second"));
		}), """
				answered 500, others see a [], b []
				answered 200 'done', others see a [first, second], b []
				nothing is open
				ERROR [dispatcherServlet] IllegalStateException
				""");
		differs("failure whose handler writes", "what failed is rolled back although it was handled", (request) -> {
			request.write("half");
			throw new ToldException(() -> request.write("told"));
		}, """
				answered 409 'told', others see a [], b []
				nothing is open
				""");
		differs("failure whose handler writes in a new transaction",
				"what failed is rolled back before a transaction begins", (request) -> {
					request.write("half");
					throw new ToldException(() -> request.services().requiresNew(() -> request.write("told")));
				}, """
						answered 409 'told', others see a [told], b []
						nothing is open
						""");
	}

}
