package io.github.connectionguard.sidebyside;

/**
 * Requests that work for one tenant and another.
 */
final class TenantCases extends Cases {

	TenantCases() {
		same("bare writes for two tenants", (request) -> {
			Tenants.in("a", () -> request.write("first"));
			Tenants.in("b", () -> request.write("second"));
		});
		same("bare read for one, transaction for another", (request) -> {
			Tenants.in("a", () -> request.tellValue("DATABASE()"));
			Tenants.in("b", () -> request.services().required(() -> request.write("first")));
		});
		same("transactions apart for two tenants", (request) -> {
			Tenants.in("b", () -> request.services().required(() -> request.write("first")));
			Tenants.in("a", () -> request.services().required(() -> request.write("second")));
			Tenants.in("b", () -> request.transactions().executeWithoutResult((status) -> request.write("third")));
		});
		same("new transaction within one of another tenant",
				(request) -> Tenants.in("a", () -> request.services().required(() -> {
					request.write("first");
					Tenants.in("b", () -> request.services().requiresNew(() -> request.write("second")));
				})));
		same("bare write for another tenant in a transaction",
				(request) -> Tenants.in("a", () -> request.services().required(() -> {
					request.write("first");
					Tenants.in("b", () -> request.write("second"));
				})));
		same("failure after writes for two tenants", (request) -> {
			Tenants.in("a", () -> request.write("first"));
			Tenants.in("b", () -> request.write("second"));
			throw new IllegalStateException("after both");
		});
		same("failing transaction of one tenant", (request) -> {
			Tenants.in("a", () -> request.write("first"));
			request.attempt("transaction", () -> Tenants.in("b", () -> request.services().required(() -> {
				request.write("second");
				throw new IllegalStateException("in it");
			})));
			Tenants.in("b", () -> request.write("third"));
		});
	}

}
