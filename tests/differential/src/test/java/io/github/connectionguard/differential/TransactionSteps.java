package io.github.connectionguard.differential;

import java.sql.Connection;
import java.util.List;

/**
 * What JDBC has for transactions.
 */
final class TransactionSteps {

	static final Step BEGIN = Step.call("setAutoCommit(false)", (lease) -> lease.connection().setAutoCommit(false));

	static final Step END = Step.call("setAutoCommit(true)", (lease) -> lease.connection().setAutoCommit(true));

	static final Step COMMIT = Step.call("commit()", (lease) -> lease.connection().commit());

	static final Step ROLLBACK = Step.call("rollback()", (lease) -> lease.connection().rollback());

	static final Step SET_SAVEPOINT = Step.call("savepoint = setSavepoint()",
			(lease) -> lease.keep(lease.connection().setSavepoint()));

	static final Step SET_NAMED_SAVEPOINT = Step.call("savepoint = setSavepoint(\"here\")",
			(lease) -> lease.keep(lease.connection().setSavepoint("here")));

	static final Step ROLLBACK_TO_SAVEPOINT = Step.call("rollback(savepoint)",
			(lease) -> lease.connection().rollback(lease.savepoint()));

	static final Step RELEASE_SAVEPOINT = Step.call("releaseSavepoint(savepoint)",
			(lease) -> lease.connection().releaseSavepoint(lease.savepoint()));

	static final Step READ_ONLY = Step.call("setReadOnly(true)", (lease) -> lease.connection().setReadOnly(true));

	static final Step READ_WRITE = Step.call("setReadOnly(false)", (lease) -> lease.connection().setReadOnly(false));

	static final Step READ_COMMITTED = Step.call("setTransactionIsolation(READ_COMMITTED)",
			(lease) -> lease.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));

	static final Step REPEATABLE_READ = Step.call("setTransactionIsolation(REPEATABLE_READ)",
			(lease) -> lease.connection().setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ));

	private static final Step SERIALIZABLE = Step.call("setTransactionIsolation(SERIALIZABLE)",
			(lease) -> lease.connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));

	private static final Step IS_READ_ONLY = Step.ask("isReadOnly()", (lease) -> lease.connection().isReadOnly());

	private static final Step GET_ISOLATION = Step.ask("getTransactionIsolation()",
			(lease) -> lease.connection().getTransactionIsolation());

	private TransactionSteps() {
	}

	static List<Step> all() {
		return List.of(BEGIN, BEGIN, BEGIN, END, END, COMMIT, COMMIT, ROLLBACK, ROLLBACK, SET_SAVEPOINT,
				SET_NAMED_SAVEPOINT, ROLLBACK_TO_SAVEPOINT, RELEASE_SAVEPOINT, READ_ONLY, READ_ONLY, READ_WRITE,
				READ_WRITE, READ_COMMITTED, READ_COMMITTED, REPEATABLE_READ, REPEATABLE_READ, SERIALIZABLE,
				IS_READ_ONLY, GET_ISOLATION);
	}

}
