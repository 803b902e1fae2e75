package io.github.connectionguard.sidebyside;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Requests whose bare statements leave something on their session for the next ones.
 */
final class SessionStateCases extends Cases {

	SessionStateCases() {
		same("temporary table", (request) -> {
			JdbcTemplate jdbc = request.jdbc();
			jdbc.execute("CREATE TEMPORARY TABLE basket (name VARCHAR(20))");
			jdbc.update("INSERT INTO basket VALUES ('first')");
			request.tell(jdbc.queryForList("SELECT name FROM basket", String.class));
			jdbc.execute("DROP TEMPORARY TABLE basket");
		});
		same("temporary table filled before a write and read after it", (request) -> {
			JdbcTemplate jdbc = request.jdbc();
			jdbc.execute("CREATE TEMPORARY TABLE basket AS SELECT 'first' AS name");
			request.write("written");
			request.tell(jdbc.queryForList("SELECT name FROM basket", String.class));
			jdbc.execute("DROP TEMPORARY TABLE basket");
		});
		same("variable of the user's", (request) -> {
			request.jdbc().execute("SET @counted = 5");
			request.tellValue("@counted");
			request.write("first");
			request.tellValue("@counted");
		});
		same("last insert id in the next statement", (request) -> {
			request.write("first");
			request.tell(lastInserted(request));
			request.write("second");
			request.tell(lastInserted(request));
		});
		same("found and affected rows", (request) -> {
			request.write("first");
			request.tellValue("ROW_COUNT()");
		});
		same("named lock over two statements", (request) -> {
			request.tellValue("GET_LOCK('side-by-side', 1)");
			request.write("first");
			request.tell("held by " + ((request.others()
				.jdbc()
				.queryForObject("SELECT IS_USED_LOCK('side-by-side')", Long.class) != null) ? "somebody" : "nobody"));
			request.tellValue("RELEASE_LOCK('side-by-side')");
		});
		same("variable of the session", (request) -> {
			request.jdbc().execute("SET SESSION sql_mode = 'ANSI_QUOTES'");
			request.write("first");
			request.tellValue("@@session.sql_mode");
			request.jdbc().execute("SET SESSION sql_mode = DEFAULT");
		});
		same("LOCK TABLES", (request) -> {
			request.jdbc().execute("LOCK TABLES line WRITE");
			request.write("first");
			request.jdbc().execute("UNLOCK TABLES");
			request.write("second");
		});
		same("transaction as text in one statement each", (request) -> {
			request.jdbc().execute("START TRANSACTION");
			request.write("first");
			request.jdbc().execute("COMMIT");
			request.tellRows();
		});
	}

	private static List<String> lastInserted(Request request) {
		return request.jdbc().queryForList("SELECT name FROM line WHERE id = LAST_INSERT_ID()", String.class);
	}

}
