package io.github.connectionguard.transactional;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Tells when it is called, and does as it is told then.
 */
class Callbacks implements TransactionSynchronization, Ordered {

	private final TransactionalRequest request;

	private final String name;

	private final int order;

	Callbacks(TransactionalRequest request, String name, int order) {
		this.request = request;
		this.name = name;
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public void suspend() {
		this.request.tell(this.name + " suspended");
	}

	@Override
	public void resume() {
		this.request.tell(this.name + " resumed");
	}

	@Override
	public void savepoint(Object savepoint) {
		this.request.tell(this.name + " at a savepoint");
	}

	@Override
	public void savepointRollback(Object savepoint) {
		this.request.tell(this.name + " back at a savepoint");
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.request.tellTransaction(this.name + " before commit" + (readOnly ? " (read-only)" : ""));
	}

	@Override
	public void beforeCompletion() {
		this.request.tellTransaction(this.name + " before completion");
		this.request.tellRows();
	}

	@Override
	public void afterCommit() {
		this.request.tellTransaction(this.name + " after commit");
		this.request.tellRows();
	}

	@Override
	public void afterCompletion(int status) {
		this.request.tellTransaction(this.name + " after completion " + status);
	}

}
