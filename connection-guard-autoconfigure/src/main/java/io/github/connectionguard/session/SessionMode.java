package io.github.connectionguard.session;

/**
 * How a request's work on the database is brought to an end.
 */
public enum SessionMode {

	/**
	 * {@link #UNIT} where the transaction manager is Spring's own for JDBC, else
	 * {@link #BACKSTOP}.
	 */
	AUTO,

	/**
	 * The statements of a request outside any transaction of the application share one
	 * connection, and are committed or rolled back together at its end.
	 */
	UNIT,

	/**
	 * One transaction spans the request, and the application's own join it.
	 */
	TRANSACTION,

	/**
	 * Only what a request leaves open is ended.
	 */
	BACKSTOP,

	/**
	 * Nothing is done.
	 */
	OFF

}
