package io.github.connectionguard.transactional;

import java.io.IOException;

import io.github.connectionguard.sidebyside.RequestStep;

import org.springframework.transaction.annotation.Isolation;

/**
 * What attributes of transactions do, and that they end with them.
 */
final class AttributeCases extends TransactionalCases {

	private static final String READ_ONLY = "@@transaction_read_only";

	private static final String ISOLATION = "@@transaction_isolation";

	AttributeCases() {
		readOnly();
		isolation();
		timeout();
	}

	private void readOnly() {
		add("a read-only transaction refuses writes, the next one does not", (request) -> refusedThenAccepted(request),
				AttributeCases::tellAttributes, """
						read-only: transaction, 'readOnly', synchronized, read-only, new, synchronization of its own
						@@transaction_read_only 1
						read-only threw TransientDataAccessResourceException
						required: transaction, 'required', synchronized, new, synchronization of its own
						@@transaction_read_only 0
						answered 200, others see [accepted]
						next request: transaction, 'required', synchronized, new, synchronization of its own
						@@transaction_isolation REPEATABLE-READ
						@@transaction_read_only 0
						answered 200, others see [accepted]
						""");
		add("read-only is not asked for within another transaction", (request) -> request.services().required(() -> {
			request.services().readOnly(() -> {
				request.tellTransaction("inner");
				request.write("a");
			});
			request.tellTransaction("outer");
		}), """
				inner: transaction, 'required', synchronized
				outer: transaction, 'required', synchronized, new, synchronization of its own
				answered 200, others see [a]
				""");
		add("REQUIRED within a read-only transaction is refused a write",
				(request) -> request.attempt("outer",
						() -> request.services().readOnly(() -> request.services().required(() -> request.write("a")))),
				"""
						outer threw TransientDataAccessResourceException
						answered 200, others see []
						""");
		add("REQUIRES_NEW within a read-only transaction writes", (request) -> request.services()
			.readOnly(() -> request.services().requiresNew(() -> request.write("a"))), """
					answered 200, others see [a]
					""");
		add("a read-only transaction within none", (request) -> request.services().supportsReadOnly(() -> {
			request.tellTransaction("supports");
			request.tellValue("COUNT(*) FROM line");
		}), """
				supports: no transaction, 'supportsReadOnly', synchronized, read-only, synchronization of its own
				COUNT(*) FROM line 0
				answered 200, others see []
				""");
	}

	private void isolation() {
		isolation(Isolation.READ_UNCOMMITTED, """
				@@transaction_isolation REPEATABLE-READ
				inner: transaction, 'readUncommitted', synchronized, isolation 1, new, synchronization of its own
				@@transaction_isolation READ-UNCOMMITTED
				@@transaction_isolation REPEATABLE-READ
				answered 200, others see [a]
				next request: transaction, 'required', synchronized, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_read_only 0
				answered 200, others see [a]
				""");
		isolation(Isolation.READ_COMMITTED, """
				@@transaction_isolation REPEATABLE-READ
				inner: transaction, 'readCommitted', synchronized, isolation 2, new, synchronization of its own
				@@transaction_isolation READ-COMMITTED
				@@transaction_isolation REPEATABLE-READ
				answered 200, others see [a]
				next request: transaction, 'required', synchronized, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_read_only 0
				answered 200, others see [a]
				""");
		isolation(Isolation.REPEATABLE_READ, """
				@@transaction_isolation REPEATABLE-READ
				inner: transaction, 'repeatableRead', synchronized, isolation 4, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_isolation REPEATABLE-READ
				answered 200, others see [a]
				next request: transaction, 'required', synchronized, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_read_only 0
				answered 200, others see [a]
				""");
		isolation(Isolation.SERIALIZABLE, """
				@@transaction_isolation REPEATABLE-READ
				inner: transaction, 'serializable', synchronized, isolation 8, new, synchronization of its own
				@@transaction_isolation SERIALIZABLE
				@@transaction_isolation REPEATABLE-READ
				answered 200, others see [a]
				next request: transaction, 'required', synchronized, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_read_only 0
				answered 200, others see [a]
				""");
		add("an isolation level is restored after a failure", (request) -> {
			request.attempt("serializable", () -> request.services().serializable(() -> {
				request.tellValue(ISOLATION);
				throw new IOException("in the service");
			}));
			request.services().required(() -> request.tellValue(ISOLATION));
		}, AttributeCases::tellAttributes, """
				@@transaction_isolation SERIALIZABLE
				serializable threw IOException
				@@transaction_isolation REPEATABLE-READ
				answered 200, others see []
				next request: transaction, 'required', synchronized, new, synchronization of its own
				@@transaction_isolation REPEATABLE-READ
				@@transaction_read_only 0
				answered 200, others see []
				""");
		add("an isolation level is not asked for within another transaction",
				(request) -> request.services().required(() -> {
					request.services().serializable(() -> {
						request.tellTransaction("inner");
						request.tellValue(ISOLATION);
					});
				}), """
						inner: transaction, 'required', synchronized
						@@transaction_isolation REPEATABLE-READ
						answered 200, others see []
						""");
		add("a transaction with a level of its own sees what that level shows", (request) -> {
			request.services().readCommitted(() -> countBeforeAndAfter(request, "read committed"));
			request.services().repeatableRead(() -> countBeforeAndAfter(request, "repeatable read"));
		}, """
				COUNT(*) FROM line 0
				COUNT(*) FROM line 1
				COUNT(*) FROM line 1
				COUNT(*) FROM line 1
				answered 200, others see [read committed, repeatable read]
				""");
	}

	private void timeout() {
		add("a statement that runs over the timeout is ended, and so is the transaction",
				(request) -> overTheTimeout(request), """
						statement threw QueryTimeoutException
						statement after it threw TransactionTimedOutException
						limited: transaction, 'limited', synchronized, new, rollback-only, synchronization of its own
						limited threw UnexpectedRollbackException
						required: transaction, 'required', synchronized, new, synchronization of its own
						answered 200, others see [kept]
						""");
	}

	private void isolation(Isolation isolation, String transcript) {
		add("isolation " + isolation + " is the server's, and ends with the transaction", (request) -> {
			request.services().required(() -> request.tellValue(ISOLATION));
			RequestStep step = () -> {
				request.tellTransaction("inner");
				request.tellValue(ISOLATION);
				request.write("a");
			};
			switch (isolation) {
				case READ_UNCOMMITTED -> request.services().readUncommitted(step);
				case READ_COMMITTED -> request.services().readCommitted(step);
				case REPEATABLE_READ -> request.services().repeatableRead(step);
				case SERIALIZABLE -> request.services().serializable(step);
				default -> throw new IllegalArgumentException(isolation.name());
			}
			request.services().required(() -> request.tellValue(ISOLATION));
		}, AttributeCases::tellAttributes, transcript);
	}

	private static void tellAttributes(TransactionalRequest request) throws Exception {
		request.services().required(() -> {
			request.tellTransaction("next request");
			request.tellValue(ISOLATION);
			request.tellValue(READ_ONLY);
		});
	}

	private static void refusedThenAccepted(TransactionalRequest request) throws Exception {
		request.attempt("read-only", () -> request.services().readOnly(() -> {
			request.tellTransaction("read-only");
			request.tellValue(READ_ONLY);
			request.write("refused");
		}));
		request.services().required(() -> {
			request.tellTransaction("required");
			request.tellValue(READ_ONLY);
			request.write("accepted");
		});
	}

	private static void countBeforeAndAfter(TransactionalRequest request, String level) throws Exception {
		request.tellValue("COUNT(*) FROM line");
		request.services().requiresNew(() -> request.write(level));
		request.tellValue("COUNT(*) FROM line");
	}

	private static void overTheTimeout(TransactionalRequest request) throws Exception {
		request.attempt("limited", () -> request.services().limited(() -> {
			request.write("lost");
			request.attempt("statement", () -> request.jdbc().queryForObject("SELECT SLEEP(10)", Integer.class));
			request.attempt("statement after it", () -> request.write("late"));
			request.tellTransaction("limited");
		}));
		request.services().required(() -> {
			request.tellTransaction("required");
			request.write("kept");
		});
	}

}
