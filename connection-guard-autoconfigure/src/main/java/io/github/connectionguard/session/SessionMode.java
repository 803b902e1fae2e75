package io.github.connectionguard.session;

/**
 * How the work of a session, which is a request or a scope, is brought to an end.
 */
public enum SessionMode {

	/**
	 * {@link #UNIT} where the transaction manager is Spring's own for JDBC, else
	 * {@link #BACKSTOP}.
	 */
	AUTO,

	/**
	 * The statements of a session outside any transaction of the application share one
	 * connection, and are committed or rolled back together at its end.
	 */
	UNIT,

	/**
	 * One transaction spans the session, and the application's own join it.
	 */
	TRANSACTION,

	/**
	 * Only what a session leaves open is ended.
	 */
	BACKSTOP,

	/**
	 * Nothing is done.
	 */
	OFF

}
