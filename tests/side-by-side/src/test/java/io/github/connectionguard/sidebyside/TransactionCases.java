package io.github.connectionguard.sidebyside;

import java.sql.Connection;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Requests that succeed with Spring's transactions in them.
 */
final class TransactionCases extends Cases {

	TransactionCases() {
		same("read-only transaction refuses to write", (request) -> {
			request.write("before");
			request.attempt("write", () -> request.services().readOnly(() -> request.write("refused")));
			request.write("after");
		});
		same("template within an isolation level", (request) -> {
			TransactionTemplate template = request.transactions();
			template.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
			template.executeWithoutResult((status) -> {
				request.tellValue("@@session.transaction_isolation");
				request.write("first");
			});
			request.tellValue("@@session.transaction_isolation");
		});
		same("template that rolls back", (request) -> {
			request.write("before");
			request.transactions().executeWithoutResult((status) -> {
				request.write("rolled back");
				status.setRollbackOnly();
			});
			request.write("after");
		});
		same("nested transaction that fails", (request) -> {
			request.write("before");
			request.services().required(() -> {
				request.write("outer");
				request.attempt("nested", () -> request.services().nested(() -> {
					request.write("inner");
					throw new IllegalStateException("in it");
				}));
			});
		});
		same("failure that an outer transaction catches", (request) -> {
			request.write("before");
			request.attempt("outer", () -> request.services()
				.required(() -> request.attempt("inner", () -> request.services().required(() -> {
					throw new IllegalStateException("in it");
				}))));
			request.write("after");
		});
		same("new transaction within one", (request) -> {
			request.services().required(() -> {
				request.write("outer");
				request.services().requiresNew(() -> request.write("inner"));
				request.tell("in it " + request.names());
			});
		});
		same("session store that writes at once, in a transaction of its own", (request) -> {
			request.services().requiresNew(() -> request.write("session"));
			request.write("row");
			request.services().requiresNew(() -> request.rename("session", "used"));
			request.write("another");
		});
		same("listener after the commit", (request) -> {
			request.write("before");
			request.services().thenAfterCommit(() -> request.write("in it"), () -> {
				request.tellRows();
				request.services().requiresNew(() -> request.write("by the listener"));
			});
		});
		same("callbacks", (request) -> request.services().required(() -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					request.write("before the commit");
				}

				@Override
				public void afterCompletion(int status) {
					request.tell("completed " + status);
				}

			});
			request.write("in it");
		}));
		same("methods without a transaction", (request) -> {
			request.services().notSupported(() -> writeTwo(request, "not supported"));
			request.services().supports(() -> writeTwo(request, "supports"));
			request.services().never(() -> writeTwo(request, "never"));
		});
		same("method that needs a transaction and finds none", (request) -> {
			request.write("before");
			request.attempt("mandatory", () -> request.services().mandatory(() -> request.write("in it")));
			request.services().required(() -> request.services().mandatory(() -> request.write("in one")));
		});
		same("method that bears no transaction and finds one", (request) -> {
			request.services()
				.required(() -> request.attempt("never", () -> request.services().never(() -> request.write("in it"))));
			request.write("after");
		});
		same("method without a transaction within one", (request) -> request.services().required(() -> {
			request.write("first");
			request.services().notSupported(() -> {
				request.tell(request.names());
				request.write("apart");
			});
			request.write("second");
		}));
		same("transaction within a time", (request) -> {
			request.services().limited(() -> request.write("first"));
			request.write("second");
		});
		same("definition in the midst", (request) -> {
			request.write("first");
			request.jdbc().execute("CREATE TABLE IF NOT EXISTS defined (id INT)");
			request.jdbc().execute("DROP TABLE defined");
			request.write("second");
		});
		same("locked row, caught", (request) -> {
			try (Connection rival = request.others().connect()) {
				rival.setAutoCommit(false);
				Request.write(rival, "locked");
				request.write("first");
				request.attempt("read", () -> request.jdbc()
					.queryForList("SELECT name FROM line WHERE name = 'locked' FOR UPDATE NOWAIT"));
				request.write("second");
				rival.rollback();
			}
		});
		same("second request sees what the first one wrote", (request) -> request.write("first"), (request) -> {
			request.tell(request.names());
			request.rename("first", "changed");
		});
		same("serializable transaction after a bare write", (request) -> {
			request.write("before");
			request.services().serializable(() -> {
				request.tellValue("@@session.transaction_isolation");
				request.write("in it");
			});
			request.tellValue("@@session.transaction_isolation");
		});
		same("duplicate key, caught", (request) -> {
			request.write("first");
			request.attempt("again", () -> request.write("first"));
			request.write("second");
		});
		same("duplicate key in a transaction, caught outside", (request) -> {
			request.write("first");
			request.attempt("transaction", () -> request.services().required(() -> {
				request.write("second");
				request.write("first");
			}));
			request.write("third");
		});
	}

	private static void writeTwo(Request request, String prefix) {
		request.write(prefix + " 1");
		request.tellRows();
		request.write(prefix + " 2");
	}

}
