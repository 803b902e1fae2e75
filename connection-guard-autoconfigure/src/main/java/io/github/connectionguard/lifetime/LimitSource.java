package io.github.connectionguard.lifetime;

/**
 * Where the limit that bounds a connection's idle time comes from.
 */
public enum LimitSource {

	/**
	 * The server's global {@code wait_timeout}, which the session took over as it is.
	 */
	GLOBAL("the server's wait_timeout"),

	/**
	 * The server's {@code interactive_timeout}, because the driver asked for an
	 * interactive session.
	 */
	INTERACTIVE("the server's interactive_timeout"),

	/**
	 * A {@code wait_timeout} of this session alone: {@code sessionVariables},
	 * {@code connectionInitSql} or the server's {@code init_connect}.
	 */
	SESSION("the session's own wait_timeout"),

	/**
	 * The configured idle limit of what lies between the application and the server.
	 */
	NETWORK("connection-guard.network-idle-timeout"),

	/**
	 * The idle limit of what lies between the application and the server, as its own
	 * connections have shown it.
	 */
	LEARNED("what the network allows, as learned");

	private final String description;

	LimitSource(String description) {
		this.description = description;
	}

	/**
	 * Return a description for log lines and details.
	 * @return the description, in words that continue a sentence
	 */
	public String description() {
		return this.description;
	}

}
