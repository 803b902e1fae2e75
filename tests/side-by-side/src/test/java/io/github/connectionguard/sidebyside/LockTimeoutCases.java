package io.github.connectionguard.sidebyside;

import java.sql.Connection;

/**
 * Requests that wait for a lock in vain, on a server that then undoes all of a
 * transaction.
 */
final class LockTimeoutCases extends Cases {

	LockTimeoutCases() {
		differs("lock's timeout that undoes what went before", "what belongs together is not committed in part",
				(request) -> {
					request.write("first");
					request.shrugOff(() -> timeout(request));
					request.write("second");
				}, """
						shrugged off
						answered 500, others see a [], b []
						nothing is open
						ERROR [dispatcherServlet] SessionRolledBackException
						""");
		same("lock's timeout in a transaction", (request) -> {
			request.services().required(() -> request.write("first"));
			request.shrugOff(() -> request.services().required(() -> {
				request.write("second");
				timeout(request);
			}));
		});
	}

	private static void timeout(Request request) throws Exception {
		try (Connection rival = request.others().connect()) {
			rival.setAutoCommit(false);
			Request.write(rival, "theirs");
			request.write("theirs");
		}
	}

}
