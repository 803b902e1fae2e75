package io.github.connectionguard.transactional;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A second pool with a transaction manager of its own.
 */
final class SecondPoolCases extends TransactionalCases {

	SecondPoolCases() {
		add("a transaction of the second pool commits", (request) -> {
			tellBound(request);
			request.services().second(() -> {
				request.tellTransaction("second");
				tellBound(request);
				write(request, "a");
				tellRows(request);
			});
			tellRows(request);
			tellBound(request);
			tellConnections(request);
		}, """
				bound to the second pool: false
				second: transaction, 'second', synchronized, new, synchronization of its own
				bound to the second pool: true
				others see in the second []
				others see in the second [a]
				bound to the second pool: false
				connections of the second pool in use: 0
				answered 200, others see []
				""");
		add("a transaction of the second pool rolls back", (request) -> {
			request.attempt("second", () -> request.services().second(() -> {
				write(request, "a");
				throw new IllegalStateException("in the service");
			}));
			tellRows(request);
		}, """
				second threw IllegalStateException
				others see in the second []
				answered 200, others see []
				""");
		add("a statement of the second pool without a transaction takes effect at once", (request) -> {
			write(request, "a");
			tellRows(request);
			tellBound(request);
			tellConnections(request);
			throw new IllegalStateException("in the handler");
		}, """
				others see in the second [a]
				bound to the second pool: false
				connections of the second pool in use: 0
				answered 500, others see []
				""");
		add("transactions of both pools, the inner one failing", (request) -> {
			request.services().required(() -> {
				request.write("first");
				request.attempt("second", () -> request.services().second(() -> {
					request.tellTransaction("second");
					write(request, "a");
					request.write("first from second");
					throw new IllegalStateException("in the service");
				}));
				request.tellTransaction("first");
			});
			tellRows(request);
		}, """
				second: transaction, 'second', synchronized, new, synchronization of its own
				second threw IllegalStateException
				first: transaction, 'required', synchronized, new, synchronization of its own
				others see in the second []
				answered 200, others see [first, first from second]
				""");
		add("transactions of both pools, the outer one failing", (request) -> {
			request.attempt("second", () -> request.services().second(() -> {
				write(request, "a");
				request.services().required(() -> {
					request.tellTransaction("first");
					request.write("first");
				});
				throw new IllegalStateException("in the service");
			}));
			tellRows(request);
		}, """
				first: transaction, 'required', synchronized, new, synchronization of its own
				second threw IllegalStateException
				others see in the second []
				answered 200, others see [first]
				""");
	}

	/**
	 * The one case in which the starter makes a difference: a statement on a pool without
	 * a transaction, in a transaction of another one.
	 */
	static TransactionalCase.Handler firstPoolInATransactionOfTheSecond() {
		return (request) -> {
			request.services().second(() -> request.write("first"));
			throw new IllegalStateException("in the handler");
		};
	}

	private static void write(TransactionalRequest request, String name) {
		request.application()
			.getBean("secondJdbc", JdbcTemplate.class)
			.update("INSERT INTO line (name) VALUES (?)", name);
	}

	private static void tellRows(TransactionalRequest request) {
		request.tell("others see in the second " + request.committed("second_line"));
	}

	private static void tellBound(TransactionalRequest request) {
		request.tell("bound to the second pool: " + TransactionSynchronizationManager.hasResource(pool(request)));
	}

	private static void tellConnections(TransactionalRequest request) {
		request.tell(
				"connections of the second pool in use: " + pool(request).getHikariPoolMXBean().getActiveConnections());
	}

	private static HikariDataSource pool(TransactionalRequest request) {
		return request.application().getBean("secondPool", HikariDataSource.class);
	}

}
