package io.github.connectionguard.transactional;

import java.io.IOException;

import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is kept and what comes out when something fails in, between and after services.
 */
final class ServiceFailureCases extends TransactionalCases {

	ServiceFailureCases() {
		failuresOfInnerServices();
		failuresOfHandlers();
		failuresThatAreCaught();
		rules();
		rollbackOnly();
		templates();
	}

	private void failuresOfInnerServices() {
		add("a failure goes through nested services as it is, and keeps nothing", (request) -> {
			request.attempt("outer", () -> request.services().required(() -> {
				request.write("outer");
				request.services().mandatory(() -> {
					request.write("middle");
					request.services().nested(() -> fail(request, "inner"));
				});
			}));
			request.tellTransaction("handler");
		}, """
				outer threw IllegalStateException
				handler: no transaction
				answered 200, others see []
				""");
		add("a failure of REQUIRES_NEW that goes through keeps nothing", (request) -> {
			request.services().required(() -> {
				request.write("outer");
				request.services().requiresNew(() -> fail(request, "inner"));
			});
		}, """
				answered 500, others see []
				""");
		add("a failure after REQUIRES_NEW keeps that", (request) -> {
			request.services().required(() -> {
				request.services().requiresNew(() -> request.write("inner"));
				fail(request, "outer");
			});
		}, """
				answered 500, others see [inner]
				""");
		add("a failure after NESTED keeps nothing", (request) -> {
			request.services().required(() -> {
				request.services().nested(() -> request.write("inner"));
				fail(request, "outer");
			});
		}, """
				answered 500, others see []
				""");
	}

	private void failuresOfHandlers() {
		add("a failure of the handler keeps what services have committed", (request) -> {
			request.services().required(() -> request.write("a"));
			request.tellRows();
			request.attempt("second", () -> request.services().required(() -> fail(request, "b")));
			request.services().required(() -> request.write("c"));
			throw new IllegalStateException("in the handler");
		}, """
				others see [a]
				second threw IllegalStateException
				answered 500, others see [a, c]
				""");
		add("a failure of the handler keeps what took effect without a transaction", (request) -> {
			request.services().supports(() -> request.write("supports"));
			request.services().notSupported(() -> request.write("not supported"));
			request.services().never(() -> request.write("never"));
			request.services().required(() -> request.write("required"));
			request.services().never(() -> request.write("never again"));
			throw new IllegalStateException("in the handler");
		}, """
				answered 500, others see [never, never again, not supported, required, supports]
				""");
		add("a transaction that fails within a method without one", (request) -> request.services().supports(() -> {
			request.write("before");
			request.attempt("required", () -> request.services().required(() -> {
				request.services().supports(() -> request.write("within"));
				fail(request, "required");
			}));
			request.tellTransaction("supports");
			request.write("after");
			request.tellRows();
		}), """
				required threw IllegalStateException
				supports: no transaction, 'supports', synchronized, synchronization of its own
				others see [after, before]
				answered 200, others see [after, before]
				""");
		add("a transaction after one whose connection died at its commit", (request) -> {
			try {
				request.services().required(() -> {
					request.write("first");
					killAtCommit(request);
				});
			}
			catch (NestedRuntimeException ex) {
				request.tell("the commit failed"); // which exception says so is up to the
													// driver
			}
			request.services().required(() -> request.write("second"));
		}, """
				the commit failed
				answered 200, others see [second]
				""");
	}

	private void failuresThatAreCaught() {
		add("two nested failures are undone one after the other, the rest is kept",
				(request) -> request.services().required(() -> {
					request.write("outer");
					request.attempt("first", () -> request.services().nested(() -> fail(request, "first")));
					request.services().nested(() -> request.write("second"));
					request.attempt("third", () -> request.services().nested(() -> fail(request, "third")));
					request.tellTransaction("outer");
				}), """
						first threw IllegalStateException
						third threw IllegalStateException
						outer: transaction, 'required', synchronized, new, synchronization of its own
						answered 200, others see [outer, second]
						""");
	}

	private void rules() {
		add("a checked exception commits", (request) -> request.services().required(() -> {
			request.write("a");
			throw new IOException("in the service");
		}), """
				answered 500, others see [a]
				""");
		add("an error rolls back", (request) -> request.services().required(() -> {
			request.write("a");
			throw new AssertionError("in the service");
		}), """
				answered 500, others see []
				""");
		add("rollbackFor a checked exception rolls back", (request) -> request.services().rollbackForChecked(() -> {
			request.write("a");
			throw new IOException("in the service");
		}), """
				answered 500, others see []
				""");
		add("noRollbackFor an unchecked exception commits", (request) -> request.attempt("service",
				() -> request.services().noRollbackForUnchecked(() -> fail(request, "a"))), """
						service threw IllegalStateException
						answered 200, others see [a]
						""");
		add("noRollbackFor of an inner service lets the outer one commit",
				(request) -> request.services().required(() -> {
					request.write("outer");
					request.attempt("inner",
							() -> request.services().noRollbackForUnchecked(() -> fail(request, "inner")));
				}), """
						inner threw IllegalStateException
						answered 200, others see [inner, outer]
						""");
	}

	private void rollbackOnly() {
		add("setRollbackOnly rolls back in silence",
				(request) -> request.attempt("service", () -> request.services().required(() -> {
					request.write("a");
					TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
					request.tellTransaction("service");
					request.write("b");
				})), """
						service: transaction, 'required', synchronized, new, rollback-only, synchronization of its own
						service returned
						answered 200, others see []
						""");
		add("setRollbackOnly of an inner service rolls the outer one back aloud",
				(request) -> request.attempt("outer", () -> request.services().required(() -> {
					request.write("outer");
					request.services()
						.required(() -> TransactionAspectSupport.currentTransactionStatus().setRollbackOnly());
					request.tellTransaction("outer");
				})), """
						outer: transaction, 'required', synchronized, new, rollback-only, synchronization of its own
						outer threw UnexpectedRollbackException
						answered 200, others see []
						""");
		add("a statement that the server refuses takes nothing else with it",
				(request) -> request.services().required(() -> {
					request.write("a");
					try {
						request.write("a");
					}
					catch (DuplicateKeyException ex) {
						request.tell("refused");
					}
					request.write("b");
				}), """
						refused
						answered 200, others see [a, b]
						""");
	}

	private void templates() {
		add("self-invocation goes past the proxy", (request) -> {
			request.services().callingItself(() -> request.tellTransaction("required"));
			request.attempt("outer", () -> request.services().requiredCallingItself(() -> {
				request.tellTransaction("requires new");
				fail(request, "a");
			}));
		}, """
				required: no transaction
				requires new: transaction, 'requiredCallingItself', synchronized, new, synchronization of its own
				outer threw IllegalStateException
				answered 200, others see []
				""");
		add("templates are as services are", ServiceFailureCases::templatesOneAfterTheOther, """
				first: transaction, synchronized
				others see [first]
				rollback-only true
				third threw IllegalStateException
				fourth: no transaction, synchronized
				others see [first, fourth]
				handler: no transaction
				others see [first, fourth]
				answered 200, others see [first, fourth]
				""");
		add("a template within a service", (request) -> request.services().required(() -> {
			request.write("outer");
			template(request, TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult((status) -> {
				request.tell("new " + status.isNewTransaction());
				request.write("template");
				status.setRollbackOnly();
			});
			template(request, TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult((status) -> {
				request.tell("savepoint " + status.hasSavepoint());
				request.write("nested");
				status.setRollbackOnly();
			});
			request.tellTransaction("outer");
		}), """
				new true
				savepoint true
				outer: transaction, 'required', synchronized, new, synchronization of its own
				answered 200, others see [outer]
				""");
	}

	private static void templatesOneAfterTheOther(TransactionalRequest request) {
		TransactionTemplate template = template(request, TransactionDefinition.PROPAGATION_REQUIRED);
		template.executeWithoutResult((status) -> {
			request.tellTransaction("first");
			request.write("first");
		});
		request.tellRows();
		template.executeWithoutResult((status) -> {
			request.write("second");
			status.setRollbackOnly();
			request.tell("rollback-only " + status.isRollbackOnly());
		});
		request.attempt("third", () -> template.executeWithoutResult((status) -> fail(request, "third")));
		template(request, TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult((status) -> {
			request.tellTransaction("fourth");
			request.write("fourth");
			request.tellRows();
		});
		request.tellTransaction("handler");
		request.tellRows();
	}

	private static TransactionTemplate template(TransactionalRequest request, int propagation) {
		TransactionTemplate template = new TransactionTemplate(
				request.application().getBean(PlatformTransactionManager.class));
		template.setPropagationBehavior(propagation);
		return template;
	}

	private static void killAtCommit(TransactionalRequest request) {
		Long id = request.jdbc().queryForObject("SELECT CONNECTION_ID()", Long.class);
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void beforeCompletion() {
				request.others().execute("KILL " + id);
			}

		});
	}

	private static void fail(TransactionalRequest request, String name) {
		request.write(name);
		throw new IllegalStateException("in the service");
	}

}
