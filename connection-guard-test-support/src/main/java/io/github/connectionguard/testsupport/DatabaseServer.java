package io.github.connectionguard.testsupport;

/**
 * A server that runs somewhere and can be stopped, started, frozen and thawed there.
 */
interface DatabaseServer extends AutoCloseable {

	String PASSWORD = "guard-secret";

	String host();

	int port();

	String username();

	/**
	 * Starts the stopped server and returns when it lets somebody log in.
	 */
	void start();

	void stop();

	void freeze();

	void thaw();

	@Override
	void close();

	default String jdbcUrl(String database) {
		return "jdbc:mysql://%s:%d/%s?allowPublicKeyRetrieval=true&sslMode=DISABLED".formatted(host(), port(),
				database);
	}

}
