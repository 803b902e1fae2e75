package io.github.connectionguard.web;

import java.util.function.Supplier;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.orm.jpa.support.OpenEntityManagerInViewFilter;

/**
 * Opens a JPA entity manager around the session of a request, where Spring Boot opens it
 * within. So the transactions of one session, which end when the response is committed,
 * share it, and entities stay attached while the rest of a page is written.
 */
public final class EntityManagerFilter extends OpenEntityManagerInViewFilter {

	/**
	 * Just before the session.
	 */
	public static final int ORDER = SessionFilter.ORDER - 1;

	private final Supplier<EntityManagerFactory> factory;

	/**
	 * Create a filter.
	 * @param factory the factory of entity managers, asked for by each request
	 */
	public EntityManagerFilter(Supplier<EntityManagerFactory> factory) {
		this.factory = factory;
	}

	@Override
	protected EntityManagerFactory lookupEntityManagerFactory() {
		return this.factory.get();
	}

}
