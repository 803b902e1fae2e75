package io.github.connectionguard.unit;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.connectionguard.outcome.UnitCounts;
import io.github.connectionguard.outcome.UnitEnd;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction that the application's own ones join.
 */
final class TransactionUnit implements UnitOfWork {

	private static final String NAME = "connection-guard session";

	private static final String TEMPLATE = TransactionTemplate.class.getName();

	private final PlatformTransactionManager transactionManager;

	private final TransactionStatus status;

	private final UnitCounts counts;

	private TransactionUnit(PlatformTransactionManager transactionManager, TransactionStatus status,
			UnitCounts counts) {
		this.transactionManager = transactionManager;
		this.status = status;
		this.counts = counts;
	}

	static UnitOfWork begin(PlatformTransactionManager transactionManager, UnitAttributes attributes,
			UnitCounts counts) {
		return begin(transactionManager, attributes, attributes.isolation(), counts);
	}

	/**
	 * Begin a transaction on a connection that is not borrowed yet. The transaction
	 * manager would ask it for its isolation level in order to restore that, which the
	 * pool does anyway.
	 */
	static UnitOfWork beginLazily(PlatformTransactionManager transactionManager, DataSource dataSource,
			UnitAttributes attributes, UnitCounts counts) {
		TransactionUnit unit = begin(transactionManager, attributes, TransactionDefinition.ISOLATION_DEFAULT, counts);
		if (attributes.isolation() != TransactionDefinition.ISOLATION_DEFAULT && unit.status.isNewTransaction()) {
			unit.isolate(dataSource, attributes.isolation());
		}
		return unit;
	}

	private static TransactionUnit begin(PlatformTransactionManager transactionManager, UnitAttributes attributes,
			int isolation, UnitCounts counts) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setName(NAME);
		definition.setReadOnly(attributes.readOnly());
		definition.setIsolationLevel(isolation);
		Deadline deadline = attributes.deadline();
		if (deadline != null) {
			definition.setTimeout(deadline.secondsLeft());
		}
		return new TransactionUnit(transactionManager, transactionManager.getTransaction(definition), counts);
	}

	private void isolate(DataSource dataSource, int isolation) {
		Connection connection = DataSourceUtils.getConnection(dataSource);
		try {
			connection.setTransactionIsolation(isolation);
			TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(isolation);
		}
		catch (SQLException ex) {
			end(false);
			throw new CannotCreateTransactionException("Could not set the isolation level of a session", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, dataSource);
		}
	}

	/**
	 * What a transaction manager has done is not known.
	 */
	@Override
	public boolean isUntouched() {
		return false;
	}

	/**
	 * What waits is a part of the transaction, which tells of its end itself.
	 */
	@Override
	public boolean isWaiting() {
		return false;
	}

	/**
	 * A transaction that has joined leaves no trace on the thread where a template runs
	 * it, other than the call itself.
	 */
	@Override
	public boolean isBusy() {
		return isInTransactionalMethod() || isInTemplate();
	}

	private static boolean isInTransactionalMethod() {
		try {
			TransactionAspectSupport.currentTransactionStatus();
			return true;
		}
		catch (NoTransactionException ex) {
			return false;
		}
	}

	private static boolean isInTemplate() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> TEMPLATE.equals(frame.getClassName())));
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

	@Override
	public void ended(UnitEnd end) {
		this.counts.ended(end);
	}

}
