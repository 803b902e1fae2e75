package io.github.connectionguard.transactional;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.connectionguard.sidebyside.RequestStep;

import org.springframework.transaction.annotation.Propagation;

/**
 * Where a single connection is enough, and where it is not.
 */
final class PoolOfOneCases extends TransactionalCases {

	PoolOfOneCases() {
		outside(Propagation.REQUIRES_NEW, """
				answered 200, others see [first, second]
				""");
		outside(Propagation.NOT_SUPPORTED, """
				answered 200, others see [first, second]
				""");
		inside(Propagation.REQUIRED, """
				inner returned
				answered 200, others see [inner, outer]
				""");
		inside(Propagation.REQUIRES_NEW, """
				inner threw CannotCreateTransactionException
				answered 200, others see [outer]
				""");
		inside(Propagation.NOT_SUPPORTED, """
				inner threw CannotGetJdbcConnectionException
				answered 200, others see [outer]
				""");
		inside(Propagation.NESTED, """
				inner returned
				answered 200, others see [inner, outer]
				""");
		add("a transaction within a method without one", (request) -> {
			request.services().supports(() -> {
				request.write("before");
				request.services().required(() -> request.write("required"));
				request.write("after");
				request.tellConnections();
			});
			request.tellConnections();
		}, """
				connections in use: 1
				connections in use: 0
				answered 200, others see [after, before, required]
				""");
		add("another thread works between two services", (request) -> {
			request.services().required(() -> request.write("first"));
			elsewhere(() -> request.services().required(() -> request.write("elsewhere")));
			request.services().supports(() -> request.tellValue("COUNT(*) FROM line"));
			elsewhere(() -> request.services().requiresNew(() -> request.write("elsewhere again")));
			request.services().required(() -> request.write("last"));
		}, """
				COUNT(*) FROM line 2
				answered 200, others see [elsewhere, elsewhere again, first, last]
				""");
		add("another thread finds nothing within a service", (request) -> {
			request.services().required(() -> {
				request.write("first");
				request.attempt("elsewhere",
						() -> elsewhere(() -> request.services().required(() -> request.write("elsewhere"))));
			});
		}, """
				elsewhere threw CannotCreateTransactionException
				answered 200, others see [first]
				""");
	}

	private void outside(Propagation propagation, String transcript) {
		add(propagation + " from outside", (request) -> {
			request.call(propagation, () -> request.write("first"));
			request.call(propagation, () -> request.write("second"));
		}, transcript);
	}

	private void inside(Propagation propagation, String transcript) {
		add(propagation + " from inside", (request) -> request.services().required(() -> {
			request.write("outer");
			request.attempt("inner", () -> request.call(propagation, () -> request.write("inner")));
		}), transcript);
	}

	/**
	 * Run a step on another thread and wait for it.
	 */
	private static void elsewhere(RequestStep step) throws Exception {
		try {
			CompletableFuture.supplyAsync(() -> run(step)).get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	private static RequestStep run(RequestStep step) {
		try {
			step.run();
			return step;
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
