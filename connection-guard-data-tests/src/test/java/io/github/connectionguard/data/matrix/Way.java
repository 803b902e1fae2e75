package io.github.connectionguard.data.matrix;

/**
 * A way in which an application reaches its data.
 */
enum Way {

	JDBC_TEMPLATE("jdbcTemplate", Kind.BARE),

	JDBC_CLIENT("jdbcClient", Kind.BARE),

	JDBC_AGGREGATE("jdbcAggregateTemplate", Kind.BARE),

	JDBC_REPOSITORY("jdbcRepository", Kind.TRANSACTIONAL),

	ENTITY_MANAGER("entityManager", Kind.TRANSACTIONAL),

	JPA_REPOSITORY("jpaRepository", Kind.TRANSACTIONAL),

	RAW_CONNECTION("rawConnection", Kind.GIVEN_BACK),

	OPEN_RAW_CONNECTION("openRawConnection", Kind.LEFT_OPEN);

	private final String label;

	private final Kind kind;

	Way(String label, Kind kind) {
		this.label = label;
		this.kind = kind;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Tell whether connections are taken straight from the pool.
	 */
	boolean isRaw() {
		return this.kind == Kind.GIVEN_BACK || this.kind == Kind.LEFT_OPEN;
	}

	@Override
	public String toString() {
		return this.label;
	}

	/**
	 * What the boundaries of a write are before anybody puts a session around it.
	 */
	enum Kind {

		/**
		 * A statement outside any transaction, on the connection Spring has for the
		 * thread.
		 */
		BARE,

		/**
		 * A {@code REQUIRED} transaction of its own: that of a repository's {@code save},
		 * or of the application, without which an entity manager writes nothing.
		 */
		TRANSACTIONAL,

		/**
		 * A statement on a connection straight from the pool, which is given back.
		 */
		GIVEN_BACK,

		/**
		 * A transaction on a connection straight from the pool, neither ended nor given
		 * back.
		 */
		LEFT_OPEN

	}

}
