package io.github.connectionguard.transactional;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * When callbacks and listeners of transactions are called, and what they find and do.
 */
final class CallbackCases extends TransactionalCases {

	CallbackCases() {
		callbacks();
		failuresInCallbacks();
		workInCallbacks();
		listeners();
	}

	private void callbacks() {
		add("callbacks are called in order around a commit", (request) -> request.services().required(() -> {
			TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "B", 2));
			TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "A", 1));
			request.write("a");
		}), """
				A before commit: transaction, 'required', synchronized
				B before commit: transaction, 'required', synchronized
				A before completion: transaction, 'required', synchronized
				others see []
				B before completion: transaction, 'required', synchronized
				others see []
				A after commit: transaction, 'required', synchronized
				others see [a]
				B after commit: transaction, 'required', synchronized
				others see [a]
				A after completion 0: transaction, 'required'
				B after completion 0: transaction, 'required'
				answered 200, others see [a]
				""");
		add("callbacks are called around a rollback",
				(request) -> request.attempt("service", () -> request.services().required(() -> {
					TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "A", 1));
					request.write("a");
					throw new IllegalStateException("in the service");
				})), """
						A before completion: transaction, 'required', synchronized, new, synchronization of its own
						others see []
						A after completion 1: transaction, 'required', new, synchronization of its own
						service threw IllegalStateException
						answered 200, others see []
						""");
		add("callbacks are called around a read-only transaction", (request) -> request.services().readOnly(() -> {
			TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "A", 1));
			request.tellValue("COUNT(*) FROM line");
		}), """
				COUNT(*) FROM line 0
				A before commit (read-only): transaction, 'readOnly', synchronized, read-only
				A before completion: transaction, 'readOnly', synchronized, read-only
				others see []
				A after commit: transaction, 'readOnly', synchronized, read-only
				others see []
				A after completion 0: transaction, 'readOnly', read-only
				answered 200, others see []
				""");
		add("callbacks are called around no transaction", (request) -> request.services().supports(() -> {
			TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "A", 1));
			request.tellValue("COUNT(*) FROM line");
		}), """
				COUNT(*) FROM line 0
				A before commit: no transaction, 'supports', synchronized
				A before completion: no transaction, 'supports', synchronized
				others see []
				A after commit: no transaction, 'supports', synchronized
				others see []
				A after completion 0: no transaction, 'supports'
				answered 200, others see []
				""");
		add("callbacks of a suspended transaction and at savepoints", (request) -> request.services().required(() -> {
			TransactionSynchronizationManager.registerSynchronization(new Callbacks(request, "A", 1));
			request.services().requiresNew(() -> request.write("new"));
			request.services().notSupported(() -> request.write("not supported"));
			request.attempt("nested", () -> request.services().nested(() -> {
				request.write("nested");
				throw new IllegalStateException("in the service");
			}));
		}), """
				A suspended
				A resumed
				A suspended
				A resumed
				A at a savepoint
				A back at a savepoint
				nested threw IllegalStateException
				A before commit: transaction, 'required', synchronized
				A before completion: transaction, 'required', synchronized
				others see [new, not supported]
				A after commit: transaction, 'required', synchronized
				others see [new, not supported]
				A after completion 0: transaction, 'required'
				answered 200, others see [new, not supported]
				""");
		add("what is written before the commit is committed",
				(request) -> request.services().required(() -> register(new Callbacks(request, "A", 1) {

					@Override
					public void beforeCommit(boolean readOnly) {
						request.write("before commit");
					}

				})), """
						A before completion: transaction, 'required', synchronized
						others see []
						A after commit: transaction, 'required', synchronized
						others see [before commit]
						A after completion 0: transaction, 'required'
						answered 200, others see [before commit]
						""");
	}

	private void failuresInCallbacks() {
		add("a failure before the commit rolls back",
				(request) -> request.attempt("service", () -> request.services().required(() -> {
					register(new Callbacks(request, "A", 1) {

						@Override
						public void beforeCommit(boolean readOnly) {
							throw new IllegalStateException("before the commit");
						}

					});
					request.write("a");
				})), """
						A before completion: transaction, 'required', synchronized
						others see []
						A after completion 1: transaction, 'required'
						service threw IllegalStateException
						answered 200, others see []
						""");
		add("a failure after the commit comes out and rolls nothing back",
				(request) -> request.attempt("service", () -> request.services().required(() -> {
					register(new Callbacks(request, "A", 1) {

						@Override
						public void afterCommit() {
							throw new IllegalStateException("after the commit");
						}

					});
					request.write("a");
				})), """
						A before commit: transaction, 'required', synchronized
						A before completion: transaction, 'required', synchronized
						others see []
						A after completion 0: transaction, 'required'
						service threw IllegalStateException
						answered 200, others see [a]
						""");
	}

	private void workInCallbacks() {
		add("what is written after the commit is there when the service returns", (request) -> {
			request.services().required(() -> {
				request.write("a");
				register(writingAfterCommit(request));
			});
			request.tellRows();
		}, """
				others see [a]
				others see [a, after commit]
				answered 200, others see [a, after commit]
				""");
		add("what is written after the commit outlives a failure of the request", (request) -> {
			request.services().required(() -> {
				request.write("a");
				register(writingAfterCommit(request));
			});
			throw new IllegalStateException("in the handler");
		}, """
				others see [a]
				answered 500, others see [a, after commit]
				""");
		add("what is written after a rollback is there when the service returns", (request) -> {
			request.attempt("service", () -> request.services().required(() -> {
				request.write("a");
				register(writingAfterCompletion(request));
				throw new IllegalStateException("in the service");
			}));
			request.tellRows();
		}, """
				others see []
				service threw IllegalStateException
				others see [after completion]
				answered 200, others see [after completion]
				""");
		add("a service called after the commit joins what is over", (request) -> {
			request.services().required(() -> {
				request.write("a");
				register(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						request.attempt("after commit", () -> request.services().required(() -> {
							request.tellTransaction("after commit");
							request.write("b");
						}));
						request.tellRows();
					}

				});
			});
			request.tellRows();
		}, """
				after commit: transaction, 'required', synchronized
				after commit returned
				others see [a]
				others see [a, b]
				answered 200, others see [a, b]
				""");
		add("REQUIRES_NEW after the commit", (request) -> request.services().required(() -> {
			request.write("a");
			register(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					request.attempt("after commit", () -> request.services().requiresNew(() -> {
						request.tellTransaction("after commit");
						request.write("b");
					}));
					request.tellRows();
					request.tellConnections();
				}

			});
		}), """
				after commit: transaction, 'requiresNew', synchronized, new, synchronization of its own
				after commit returned
				others see [a, b]
				connections in use: 1
				answered 200, others see [a, b]
				""");
	}

	private void listeners() {
		add("listeners are called in the phases of a commit", (request) -> {
			request.services().required(() -> {
				request.write("a");
				publish(request, "event");
				request.tell("published");
			});
			request.tell("returned");
		}, """
				event at once: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				published
				event before commit: transaction, 'required', synchronized
				others see []
				event after commit: transaction, 'required'
				others see [a, event before commit]
				event after commit in its own: transaction, 'afterCommitInItsOwn', synchronized, new, synchronization of its own
				others see [a, event before commit]
				event after completion: no transaction
				others see [a, event after commit, event before commit]
				returned
				answered 200, others see [a, event after commit, event before commit]
				""");
		add("listeners are called in the phases of a rollback", (request) -> {
			request.attempt("service", () -> request.services().required(() -> {
				request.write("a");
				publish(request, "event");
				request.tell("published");
				throw new IllegalStateException("in the service");
			}));
		}, """
				event at once: transaction, 'required', synchronized, new, synchronization of its own
				others see []
				published
				event after rollback: transaction, 'required', new, synchronization of its own
				others see []
				event after completion: transaction, 'required', new, synchronization of its own
				others see []
				service threw IllegalStateException
				answered 200, others see []
				""");
		add("listeners outside of a transaction", (request) -> publish(request, "event"), """
				event at once: no transaction
				others see []
				event after completion: no transaction
				others see []
				answered 200, others see []
				""");
	}

	private static void register(TransactionSynchronization callbacks) {
		TransactionSynchronizationManager.registerSynchronization(callbacks);
	}

	private static TransactionSynchronization writingAfterCommit(TransactionalRequest request) {
		return new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				request.write("after commit");
				request.tellRows();
			}

		};
	}

	private static TransactionSynchronization writingAfterCompletion(TransactionalRequest request) {
		return new TransactionSynchronization() {

			@Override
			public void afterCompletion(int status) {
				request.write("after completion");
				request.tellRows();
			}

		};
	}

	private static void publish(TransactionalRequest request, String name) {
		request.application().publishEvent(new Happened(name, request));
	}

}
