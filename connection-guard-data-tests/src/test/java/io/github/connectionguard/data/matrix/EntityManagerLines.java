package io.github.connectionguard.data.matrix;

import jakarta.persistence.EntityManager;

import org.springframework.transaction.support.TransactionOperations;

/**
 * By an {@link EntityManager}, in transactions of the application.
 */
final class EntityManagerLines implements Lines {

	private final EntityManager entityManager;

	private final TransactionOperations transactions;

	EntityManagerLines(EntityManager entityManager, TransactionOperations transactions) {
		this.entityManager = entityManager;
		this.transactions = transactions;
	}

	@Override
	public void insert(String name) {
		this.transactions.executeWithoutResult((status) -> this.entityManager.persist(new JpaLine(name)));
	}

	@Override
	public long connectionId() {
		return (Long) this.entityManager.createNativeQuery("SELECT CONNECTION_ID()", Long.class).getSingleResult();
	}

}
