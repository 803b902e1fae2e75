package io.github.connectionguard.mysql;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.lifetime.LimitSource;
import io.github.connectionguard.lifetime.ServerLimits;
import org.jspecify.annotations.Nullable;

/**
 * Reads the facts of a session in one statement. Needs no privilege. Thread-safe; one
 * instance serves all connections of a pool.
 */
public final class ServerSessionReader {

	private static final String LIMITS = "SELECT @@session.wait_timeout, @@global.wait_timeout, "
			+ "@@global.interactive_timeout, CONNECTION_ID(), @@session.autocommit";

	/**
	 * The shortest of three limits, each of which is zero if there is none.
	 */
	private static final String IDLE_TRANSACTION = Stream
		.of("idle_transaction_timeout", "idle_readonly_transaction_timeout", "idle_write_transaction_timeout")
		.map((name) -> "IFNULL(NULLIF(@@session.%s, 0), %d)".formatted(name, Integer.MAX_VALUE))
		.collect(Collectors.joining(", ", "LEAST(", ")"));

	private static final String MYSQL_SERVER = ", @@server_uuid, @@version, "
			+ "@@global.read_only OR @@global.super_read_only, @@global.max_connections, "
			+ "@@session.net_write_timeout, CURRENT_USER(), NULL";

	private static final String MYSQL_TRANSACTIONS = ", @@session.transaction_read_only, "
			+ "@@session.transaction_isolation";

	private static final String NO_TRANSACTIONS = ", NULL, NULL";

	private static final String MARIADB_TRANSACTIONS = ", @@session.tx_read_only, @@session.tx_isolation";

	/**
	 * Without a scope this is the session's, which says what holds for its account.
	 */
	private static final String ACCOUNT = ", @@max_user_connections";

	private static final String NO_ACCOUNT = ", NULL";

	/**
	 * From the most that is asked to the least: an old server or a proxy may lack a
	 * variable.
	 */
	private static final List<String> MYSQL = List.of(LIMITS + MYSQL_SERVER + MYSQL_TRANSACTIONS + ACCOUNT,
			LIMITS + MYSQL_SERVER + MYSQL_TRANSACTIONS + NO_ACCOUNT,
			LIMITS + MYSQL_SERVER + NO_TRANSACTIONS + NO_ACCOUNT, LIMITS);

	private static final String MARIADB_SERVER = "@@version, @@global.read_only, @@global.max_connections, "
			+ "@@session.net_write_timeout, CURRENT_USER(), ";

	private static final List<String> MARIADB = List.of(
			LIMITS + ", @@global.server_uid, " + MARIADB_SERVER + IDLE_TRANSACTION + MARIADB_TRANSACTIONS + ACCOUNT,
			LIMITS + ", NULL, " + MARIADB_SERVER + IDLE_TRANSACTION + MARIADB_TRANSACTIONS + ACCOUNT,
			LIMITS + ", NULL, " + MARIADB_SERVER + "NULL" + MARIADB_TRANSACTIONS + NO_ACCOUNT,
			LIMITS + ", NULL, " + MARIADB_SERVER + "NULL" + NO_TRANSACTIONS + NO_ACCOUNT, LIMITS);

	private volatile int lacking;

	private volatile @Nullable ServerSessionFacts last;

	/**
	 * Read the facts of a session.
	 * @param connection the driver's connection
	 * @return the facts
	 * @throws SQLException if the connection is dead or the server refuses even to tell
	 * its limits
	 */
	public ServerSessionFacts read(Connection connection) throws SQLException {
		ServerSessionFacts former = this.last;
		ServerSessionFacts read = ask(connection);
		ServerSessionFacts shared = (former != null) ? read.sharedWith(former) : read;
		this.last = shared;
		return shared;
	}

	private ServerSessionFacts ask(Connection connection) throws SQLException {
		DatabaseMetaData metaData = connection.getMetaData();
		String product = metaData.getDatabaseProductName();
		List<String> statements = isMariaDb(metaData) ? MARIADB : MYSQL;
		for (int i = this.lacking; i < statements.size() - 1; i++) {
			try {
				return query(connection, product, statements.get(i));
			}
			catch (SQLException ex) {
				if (ConnectionErrors.isDeath(ex)) {
					throw ex;
				}
				this.lacking = i + 1;
			}
		}
		return query(connection, product, LIMITS);
	}

	private static ServerSessionFacts query(Connection connection, String product, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			if (row.getMetaData().getColumnCount() == 5) {
				return new ServerSessionFacts(limits(row, 0), row.getLong(4), row.getBoolean(5), product, null, null,
						false, 0, 0, null, null, Duration.ofSeconds(row.getLong(2)), 0);
			}
			return new ServerSessionFacts(limits(row, row.getInt(12)), row.getLong(4), row.getBoolean(5), product,
					row.getString(6), row.getString(7), isReadOnly(row.getString(8)), row.getLong(9), row.getLong(10),
					row.getString(11), TransactionDefaults.of(row.getString(13), row.getString(14)),
					Duration.ofSeconds(row.getLong(2)), row.getLong(15));
		}
	}

	/**
	 * Tell whether a value of {@code read_only} refuses writes: a number, or since
	 * MariaDB 12 one of {@code OFF}, {@code ON}, {@code NO_LOCK} and
	 * {@code NO_LOCK_NO_ADMIN}, of which the drivers make what they like.
	 */
	static boolean isReadOnly(@Nullable String value) {
		return value != null && !value.equals("0") && !value.equalsIgnoreCase("OFF");
	}

	private static ServerLimits limits(ResultSet row, int idleTransaction) throws SQLException {
		long session = row.getLong(1);
		LimitSource source = (session == row.getLong(2)) ? LimitSource.GLOBAL
				: (session == row.getLong(3)) ? LimitSource.INTERACTIVE : LimitSource.SESSION;
		boolean none = idleTransaction == 0 || idleTransaction == Integer.MAX_VALUE;
		return new ServerLimits(Duration.ofSeconds(session), source, none ? null : Duration.ofSeconds(idleTransaction));
	}

	private static boolean isMariaDb(DatabaseMetaData metaData) throws SQLException {
		return metaData.getDatabaseProductName().contains("MariaDB")
				|| metaData.getDatabaseProductVersion().contains("MariaDB");
	}

}
