package io.github.connectionguard.benchmarks.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.testsupport.TestServer;

/**
 * How often each account logged in to servers and pinged them, as the servers count it.
 *
 * @param logins logins, by account
 * @param pings pings, and statements that stand for one, by account
 */
record ServerCounts(Map<String, Long> logins, Map<String, Long> pings) {

	static final ServerCounts NONE = new ServerCounts(Map.of(), Map.of());

	private static final String LOGINS = """
			SELECT user, SUM(total_connections) FROM performance_schema.accounts
			WHERE user LIKE 'pool\\_%' GROUP BY user
			""";

	private static final String PINGS = """
			SELECT user, SUM(count_star) FROM performance_schema.events_statements_summary_by_account_by_event_name
			WHERE event_name = 'statement/com/Ping' AND user LIKE 'pool\\_%' GROUP BY user
			""";

	private static final String STATEMENTS_FOR_PINGS = """
			SELECT schema_name, SUM(count_star) FROM performance_schema.events_statements_summary_by_digest
			WHERE digest_text IN ('SELECT ?', 'DO ?') AND schema_name LIKE 'pool\\_%' GROUP BY schema_name
			""";

	static ServerCounts of(List<TestServer> servers) throws SQLException {
		Map<String, Long> logins = new HashMap<>();
		Map<String, Long> pings = new HashMap<>();
		for (TestServer server : servers) {
			try (Connection connection = server.connect(""); Statement statement = connection.createStatement()) {
				add(logins, statement, LOGINS);
				add(pings, statement, PINGS);
				add(pings, statement, STATEMENTS_FOR_PINGS);
			}
		}
		return new ServerCounts(logins, pings);
	}

	private static void add(Map<String, Long> counts, Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				counts.merge(rows.getString(1), rows.getLong(2), Long::sum);
			}
		}
	}

	ServerCounts plus(ServerCounts other) {
		return new ServerCounts(sum(this.logins, other.logins, 1), sum(this.pings, other.pings, 1));
	}

	ServerCounts minus(ServerCounts other) {
		return new ServerCounts(sum(this.logins, other.logins, -1), sum(this.pings, other.pings, -1));
	}

	private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others, int sign) {
		Map<String, Long> sum = new HashMap<>(some);
		others.forEach((account, count) -> sum.merge(account, sign * count, Long::sum));
		return sum;
	}

}
