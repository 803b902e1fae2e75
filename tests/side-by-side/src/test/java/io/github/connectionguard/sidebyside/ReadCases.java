package io.github.connectionguard.sidebyside;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.StatementCallback;

/**
 * Requests that read.
 */
final class ReadCases extends Cases {

	private static final String MANY = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
			+ "SELECT i FROM n";

	ReadCases() {
		same("nothing is held after a read in a transaction", (request) -> {
			request.services().readOnly(() -> request.names());
			request.tellInUse();
		});
		differs("rows read for an update", "a read that locks belongs to what is written", (request) -> {
			request.others().write("theirs");
			request.jdbc().queryForList("SELECT name FROM line FOR UPDATE");
			request.shrugOff(() -> request.others().jdbc().queryForList("SELECT name FROM line FOR UPDATE NOWAIT"));
			request.rename("theirs", "changed");
		}, """
				shrugged off
				answered 200 'done', others see a [changed], b []
				nothing is open
				""");
		differs("what others see of a write", "it is committed before the answer", (request) -> {
			request.write("first");
			request.tellRows();
			request.services().required(() -> request.write("second"));
			request.tellRows();
			request.write("third");
			request.tellRows();
		}, """
				others see a [], b []
				others see a [first, second], b []
				others see a [first, second], b []
				answered 200 'done', others see a [first, second, third], b []
				nothing is open
				""");
		same("stream of rows", (request) -> {
			JdbcTemplate streaming = streaming(request);
			try (Stream<Integer> rows = streaming.queryForStream(MANY, (row, number) -> row.getInt(1))) {
				request.tell(rows.mapToInt(Integer::intValue).sum());
			}
			request.tellInUse();
		});
		same("result that is fetched after it was executed",
				(request) -> request.tell(request.jdbc().execute((StatementCallback<Integer>) (statement) -> {
					statement.setFetchSize(fetchSize(request));
					statement.execute(MANY);
					return count(statement);
				})));
		same("several results of one call", (request) -> {
			request.tell(request.jdbc().queryForList("CALL add_line('called')"));
			request.write("after");
		});
	}

	private static int count(Statement statement) throws SQLException {
		int rows = 0;
		try (ResultSet result = statement.getResultSet()) {
			while (result.next()) {
				rows++;
			}
		}
		return rows;
	}

	private static JdbcTemplate streaming(Request request) throws SQLException {
		JdbcTemplate streaming = new JdbcTemplate(request.dataSource());
		streaming.setFetchSize(fetchSize(request));
		return streaming;
	}

	/**
	 * Return the size that has the driver stream.
	 */
	private static int fetchSize(Request request) throws SQLException {
		return request.pool().getJdbcUrl().startsWith("jdbc:mariadb:") ? 10 : Integer.MIN_VALUE;
	}

}
