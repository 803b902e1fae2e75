package io.github.connectionguard.sidebyside;

import com.zaxxer.hikari.HikariDataSource;

/**
 * Requests for a tenant whose pool is added at run time.
 */
final class AddedTenantCases extends Cases {

	AddedTenantCases() {
		same("bare statements", with((request) -> {
			request.tellValue("DATABASE()");
			request.write("first");
			request.write("second");
		}));
		same("transaction", with((request) -> request.services().required(() -> request.write("first"))));
		same("bare statement, transaction and new transaction", with((request) -> {
			request.write("first");
			request.services().required(() -> {
				request.write("second");
				request.services().requiresNew(() -> request.write("third"));
			});
			request.write("fourth");
		}));
	}

	private static Handler with(Handler handler) {
		return (request) -> {
			try (HikariDataSource added = request.others().pool(request.others().b())) {
				request.bean(CurrentTenant.Router.class).add("added", added);
				request.awaitGuard(added);
				CurrentTenant.in("added", () -> handler.handle(request));
				request.tell("in use: " + added.getHikariPoolMXBean().getActiveConnections());
			}
		};
	}

}
