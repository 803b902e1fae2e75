package io.github.connectionguard.session;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A transaction that the application's own ones join.
 */
final class TransactionUnit implements UnitOfWork {

	private static final String NAME = "connection-guard session";

	private final PlatformTransactionManager transactionManager;

	private final TransactionStatus status;

	private TransactionUnit(PlatformTransactionManager transactionManager, TransactionStatus status) {
		this.transactionManager = transactionManager;
		this.status = status;
	}

	static UnitOfWork begin(PlatformTransactionManager transactionManager, @Nullable Deadline deadline) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setName(NAME);
		if (deadline != null) {
			definition.setTimeout(deadline.secondsLeft());
		}
		return new TransactionUnit(transactionManager, transactionManager.getTransaction(definition));
	}

	@Override
	public boolean isBusy() {
		try {
			TransactionAspectSupport.currentTransactionStatus();
			return true;
		}
		catch (NoTransactionException ex) {
			return false;
		}
	}

	/**
	 * Transactions that join keep the name of what they joined.
	 */
	@Override
	public boolean isApart() {
		return !NAME.equals(TransactionSynchronizationManager.getCurrentTransactionName());
	}

	@Override
	public void end(boolean commit) {
		if (!commit) {
			this.transactionManager.rollback(this.status);
			return;
		}
		try {
			this.transactionManager.commit(this.status);
		}
		catch (UnexpectedRollbackException ex) {
			throw SessionRolledBackException.becauseOfATransaction(ex);
		}
	}

}
