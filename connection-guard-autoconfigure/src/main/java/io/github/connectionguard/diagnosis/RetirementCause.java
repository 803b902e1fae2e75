package io.github.connectionguard.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * The reasons for which a connection is closed that has not been lost.
 */
public enum RetirementCause {

	/**
	 * It has come to the pool's {@code max-lifetime}, as was planned when it was opened.
	 */
	MAX_LIFETIME("it had come to its planned end", null),

	/**
	 * Nobody has needed it for the pool's {@code idle-timeout}.
	 */
	IDLE_TIMEOUT("the pool had more connections than it needed",
			"to have the pool keep them, raise spring.datasource.hikari.minimum-idle"),

	/**
	 * The server was started again since it was opened.
	 */
	SERVER_RESTARTED("the server was started again since it had been opened", null),

	/**
	 * Another server answers in the place of the one it leads to.
	 */
	SERVER_REPLACED("another server answers in the place of the one it led to", null),

	/**
	 * The server it leads to has become read-only.
	 */
	SERVER_DEMOTED("the server it led to has become read-only", null),

	/**
	 * Whoever borrowed it did not give it back.
	 */
	LEAKED("whoever had borrowed it did not give it back",
			"close connections where they are borrowed, as try-with-resources does; if one is kept on purpose, set "
					+ "connection-guard.session.reclaim-leaks=false"),

	/**
	 * The application aborted it ({@code Connection.abort}).
	 */
	ABORTED("this application aborted it (Connection.abort)", null),

	/**
	 * Somebody had all connections of the pool replaced by the guard's endpoint.
	 */
	REQUESTED("somebody had all connections replaced (the action replace of /actuator/connectionguard)", null),

	/**
	 * The pool was told to close it before its time.
	 */
	EVICTED("the pool was told to close it before its time",
			"if that was not meant, find who calls evictConnection or softEvictConnections of the pool"),

	/**
	 * The pool was closed.
	 */
	POOL_CLOSED("the pool was closed", null);

	private final String sentence;

	private final @Nullable String remedy;

	RetirementCause(String sentence, @Nullable String remedy) {
		this.sentence = sentence;
		this.remedy = remedy;
	}

	String sentence() {
		return this.sentence;
	}

	/**
	 * Return what to do about it.
	 * @return what to do, with the property or method, or {@code null} if there is
	 * nothing to do
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

}
