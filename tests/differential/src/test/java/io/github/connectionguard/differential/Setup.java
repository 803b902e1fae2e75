package io.github.connectionguard.differential;

import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.jspecify.annotations.Nullable;

/**
 * How a pool and its driver are set up.
 *
 * @param connector the driver
 * @param name what is special about it
 * @param autoCommit the mode of the pool's connections
 * @param encrypted whether they use TLS
 * @param parameters parameters of the driver's URL
 * @param initSql what the pool runs on a new connection, or {@code null}
 * @param isolation the name of the isolation level of the pool's connections, or
 * {@code null} for the server's
 * @param readOnly whether they only read
 */
record Setup(Connector connector, String name, boolean autoCommit, boolean encrypted, List<String> parameters,
		@Nullable String initSql, @Nullable String isolation, boolean readOnly) {

	Setup(Connector connector, String name, boolean autoCommit, boolean encrypted, List<String> parameters) {
		this(connector, name, autoCommit, encrypted, parameters, null, null, false);
	}

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
				new Setup(connector, "pool without auto-commit", false, false, List.of()),
				new Setup(connector, "isolation level of the pool", true, false, List.of(), null,
						"TRANSACTION_SERIALIZABLE", false),
				new Setup(connector, "isolation level behind the driver's back", true, false, List.of(),
						"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY", null, false),
				new Setup(connector, "pool that only reads", true, false, List.of(), null, null, true));
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

	/**
	 * Tell whether transactions only read unless something else is said.
	 */
	boolean onlyReads() {
		return this.readOnly || (this.initSql != null && this.initSql.contains("READ ONLY"));
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
		pool.setConnectionInitSql(this.initSql);
		pool.setTransactionIsolation(this.isolation);
		pool.setReadOnly(this.readOnly);
		pool.setAutoCommit(this.autoCommit);
		return pool;
	}

	@Override
	public String toString() {
		return this.connector + ", " + this.name;
	}

}
