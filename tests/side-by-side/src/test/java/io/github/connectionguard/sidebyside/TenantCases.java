package io.github.connectionguard.sidebyside;

/**
 * Requests that work for one tenant and another.
 */
final class TenantCases extends Cases {

	TenantCases() {
		same("bare writes for two tenants", (request) -> {
			CurrentTenant.in("a", () -> request.write("first"));
			CurrentTenant.in("b", () -> request.write("second"));
		});
		same("bare read for one, transaction for another", (request) -> {
			CurrentTenant.in("a", () -> request.tellValue("DATABASE()"));
			CurrentTenant.in("b", () -> request.services().required(() -> request.write("first")));
		});
		same("transactions apart for two tenants", (request) -> {
			CurrentTenant.in("b", () -> request.services().required(() -> request.write("first")));
			CurrentTenant.in("a", () -> request.services().required(() -> request.write("second")));
			CurrentTenant.in("b",
					() -> request.transactions().executeWithoutResult((status) -> request.write("third")));
		});
		same("new transaction within one of another tenant",
				(request) -> CurrentTenant.in("a", () -> request.services().required(() -> {
					request.write("first");
					CurrentTenant.in("b", () -> request.services().requiresNew(() -> request.write("second")));
				})));
		same("bare write for another tenant in a transaction",
				(request) -> CurrentTenant.in("a", () -> request.services().required(() -> {
					request.write("first");
					CurrentTenant.in("b", () -> request.write("second"));
				})));
		same("failure after writes for two tenants", (request) -> {
			CurrentTenant.in("a", () -> request.write("first"));
			CurrentTenant.in("b", () -> request.write("second"));
			throw new IllegalStateException("after both");
		});
		same("failing transaction of one tenant", (request) -> {
			CurrentTenant.in("a", () -> request.write("first"));
			request.attempt("transaction", () -> CurrentTenant.in("b", () -> request.services().required(() -> {
				request.write("second");
				throw new IllegalStateException("in it");
			})));
			CurrentTenant.in("b", () -> request.write("third"));
		});
	}

}
