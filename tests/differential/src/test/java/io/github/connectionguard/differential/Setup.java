package io.github.connectionguard.differential;

import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;

/**
 * How a pool and its driver are set up.
 *
 * @param connector the driver
 * @param name what is special about it
 * @param autoCommit the mode of the pool's connections
 * @param encrypted whether they use TLS
 * @param parameters parameters of the driver's URL
 */
record Setup(Connector connector, String name, boolean autoCommit, boolean encrypted, List<String> parameters) {

	private static final String SERVER_PREPARES = "useServerPrepStmts=true";

	private static final String CURSORS = "useCursorFetch=true";

	private static final String FETCH_ONE = "defaultFetchSize=1";

	private static final String LOCAL_TRANSACTION_STATE = "useLocalTransactionState=true";

	private static final String MULTI_QUERIES = "allowMultiQueries=true";

	/**
	 * Return all set-ups of both drivers.
	 */
	static Stream<Setup> all() {
		return Stream.of(Connector.values()).flatMap(Setup::all);
	}

	private static Stream<Setup> all(Connector connector) {
		Stream<Setup> common = Stream.of(plain(connector), of(connector, "server prepares", SERVER_PREPARES),
				of(connector, "several statements in a text", MULTI_QUERIES),
				new Setup(connector, "TLS", true, true, List.of()),
				new Setup(connector, "pool without auto-commit", false, false, List.of()));
		return Stream.concat(common, switch (connector) {
			case MYSQL -> Stream.of(of(connector, "cursors", CURSORS, FETCH_ONE),
					of(connector, "rewritten batches", "rewriteBatchedStatements=true", MULTI_QUERIES),
					of(connector, "local session state", "useLocalSessionState=true"),
					of(connector, "local transaction state", LOCAL_TRANSACTION_STATE),
					of(connector, "compression", "useCompression=true"));
			case MARIADB -> Stream.of(of(connector, "streams by default", FETCH_ONE),
					of(connector, "bulk batches", "useBulkStmts=true", MULTI_QUERIES),
					of(connector, "compression", "useCompression=true"));
		});
	}

	/**
	 * Return the set-up of which nothing is special.
	 */
	static Setup plain(Connector connector) {
		return of(connector, "plain");
	}

	private static Setup of(Connector connector, String name, String... parameters) {
		return new Setup(connector, name, true, false, List.of(parameters));
	}

	/**
	 * Return the fetch size that makes a statement leave rows at the server. With
	 * statements that are prepared there, MySQL Connector/J has cursors rather than
	 * streams, which do not mix with them.
	 */
	int streamFetchSize() {
		boolean prepares = this.parameters.contains(SERVER_PREPARES) || this.parameters.contains(CURSORS);
		return (this.connector == Connector.MYSQL && !prepares) ? Integer.MIN_VALUE : 1;
	}

	/**
	 * Tell whether every result is a stream. MariaDB's driver waits for ever after an
	 * error that comes behind one.
	 */
	boolean streamsByDefault() {
		return this.connector == Connector.MARIADB && this.parameters.contains(FETCH_ONE);
	}

	/**
	 * Tell whether the driver leaves out what ends a transaction when it knows of none.
	 */
	boolean tracksTransactionsItself() {
		return this.parameters.contains(LOCAL_TRANSACTION_STATE);
	}

	boolean allowsMultiQueries() {
		return this.parameters.contains(MULTI_QUERIES);
	}

	/**
	 * Return a pool of one connection, not started.
	 */
	HikariDataSource pool(TestServer server, String database) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.connector.url(server, database, this.encrypted, this.parameters));
		pool.setUsername(server.username());
		pool.setPassword(server.password());
		pool.setMaximumPoolSize(1);
		pool.setAutoCommit(this.autoCommit);
		return pool;
	}

	@Override
	public String toString() {
		return this.connector + ", " + this.name;
	}

}
