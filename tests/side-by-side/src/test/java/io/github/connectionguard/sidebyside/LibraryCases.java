package io.github.connectionguard.sidebyside;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.StatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * Requests in which libraries use connections by themselves.
 */
final class LibraryCases extends Cases {

	LibraryCases() {
		same("own transaction in a callback, committed", (request) -> {
			request.write("before");
			inCallback(request, (connection) -> {
				connection.setAutoCommit(false);
				Request.write(connection, "library");
				connection.commit();
				connection.setAutoCommit(true);
			});
			request.write("after");
		});
		same("own transaction in a callback, rolled back", (request) -> {
			request.write("before");
			inCallback(request, (connection) -> {
				connection.setAutoCommit(false);
				Request.write(connection, "library");
				connection.rollback();
				connection.setAutoCommit(true);
			});
			request.write("after");
		});
		same("own transaction with a savepoint", (request) -> {
			request.write("before");
			inCallback(request, (connection) -> {
				connection.setAutoCommit(false);
				Request.write(connection, "kept");
				Savepoint savepoint = connection.setSavepoint();
				Request.write(connection, "dropped");
				connection.rollback(savepoint);
				connection.commit();
				connection.setAutoCommit(true);
			});
		});
		same("mode set to what it is", (request) -> {
			request.write("before");
			inCallback(request, (connection) -> {
				connection.setAutoCommit(true);
				Request.write(connection, "library");
			});
			request.write("after");
		});
		same("a ping in its midst", (request) -> inCallback(request, (connection) -> {
			connection.setAutoCommit(false);
			Request.write(connection, "library");
			request.tell(connection.isValid(1));
			connection.setAutoCommit(false);
			connection.commit();
			connection.setAutoCommit(true);
		}));
		same("a ping before the rollback", (request) -> inCallback(request, (connection) -> {
			connection.setAutoCommit(false);
			Request.write(connection, "library");
			request.tell(connection.isValid(1));
			connection.setAutoCommit(false);
			connection.rollback();
			connection.setAutoCommit(true);
			Request.write(connection, "after");
		}));
		same("connection by hand", (request) -> {
			request.write("before");
			Connection connection = DataSourceUtils.getConnection(request.dataSource());
			try {
				Request.write(connection, "by hand");
				request.tell(connection.getAutoCommit());
			}
			finally {
				DataSourceUtils.releaseConnection(connection, request.dataSource());
			}
			request.write("after");
		});
		same("connection past Spring, in a transaction of its own", (request) -> {
			request.write("before");
			try (Connection connection = request.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				Request.write(connection, "raw");
				connection.commit();
				connection.setAutoCommit(true);
			}
			request.write("after");
		});
		same("connection past Spring that rolls back", (request) -> {
			request.write("before");
			try (Connection connection = request.dataSource().getConnection()) {
				connection.setAutoCommit(false);
				Request.write(connection, "raw");
				connection.rollback();
			}
			request.write("after");
		});
		same("connection past Spring that sees what was written before", (request) -> {
			request.write("before");
			try (Connection connection = request.dataSource().getConnection()) {
				request.tell(Request.update(connection, "UPDATE line SET name = 'changed' WHERE name = 'before'"));
			}
		});
		same("connection past Spring within another", (request) -> {
			request.write("before");
			try (Connection outer = request.dataSource().getConnection()) {
				Request.write(outer, "outer");
				try (Connection inner = request.dataSource().getConnection()) {
					request.write("bare");
					Request.write(inner, "inner");
				}
			}
		});
		same("keys that the server makes", (request) -> {
			GeneratedKeyHolder keys = new GeneratedKeyHolder();
			JdbcClient client = request.bean(JdbcClient.class);
			client.sql("INSERT INTO line (name) VALUES ('first')").update(keys);
			request.tell(client.sql("SELECT name FROM line WHERE id = ?").param(keys.getKey()).query().singleValue());
		});
		same("batch that fails in the middle, caught", (request) -> {
			request.attempt("batch", () -> request.jdbc()
				.batchUpdate("INSERT INTO line (name) VALUES (?)",
						List.of(new Object[] { "first" }, new Object[] { "first" }, new Object[] { "second" })));
			request.write("after");
		});
		same("insert that looks up its metadata",
				(request) -> new SimpleJdbcInsert(request.dataSource()).withTableName("line")
					.usingColumns("name")
					.execute(Map.of("name", "first")));
		same("script", (request) -> new ResourceDatabasePopulator(new ByteArrayResource("""
				INSERT INTO line (name) VALUES ('first');
				UPDATE line SET name = 'changed';
				INSERT INTO line (name) VALUES ('second');
				""".getBytes(StandardCharsets.UTF_8))).execute(request.dataSource()));
		same("stream of rows after a write", (request) -> {
			request.write("first");
			stream(request);
		});
		same("stream of rows, then a write", (request) -> {
			stream(request);
			request.write("first");
		});
		same("stream of rows, then a read", (request) -> {
			stream(request);
			request.tell(request.names());
		});
		same("stream of rows within a transaction", (request) -> request.services().required(() -> {
			request.write("first");
			stream(request);
			request.write("second");
		}));
		same("stream of rows last in a transaction", (request) -> request.services().required(() -> {
			request.write("first");
			stream(request);
		}));
		same("connection that a statement names", (request) -> {
			request.write("first");
			request.jdbc().execute((StatementCallback<Boolean>) (statement) -> {
				request.tell(statement.getConnection().getAutoCommit());
				request.tell(statement.getConnection().getMetaData().getConnection().getAutoCommit());
				statement.getConnection().setAutoCommit(true);
				return true;
			});
			request.write("second");
		});
		same("connection that is given back by way of its statement", (request) -> {
			request.write("first");
			Statement statement = DataSourceUtils.getConnection(request.dataSource()).createStatement();
			statement.executeUpdate("INSERT INTO line (name) VALUES ('second')");
			statement.getConnection().close();
			request.write("third");
		});
		same("work on another thread", (request) -> {
			request.names();
			CompletableFuture.runAsync(() -> request.write("there")).join();
			request.tell(request.names());
			request.write("here");
		});
	}

	private static void stream(Request request) {
		try (Stream<String> rows = request.jdbc()
			.queryForStream("SELECT name FROM line", (row, number) -> row.getString(1))) {
			request.tell(rows.toList());
		}
	}

	private static void inCallback(Request request, Library library) {
		request.jdbc().execute((ConnectionCallback<Boolean>) (connection) -> {
			library.use(connection);
			return true;
		});
	}

	/**
	 * What a library does with a connection.
	 */
	@FunctionalInterface
	private interface Library {

		void use(Connection connection) throws SQLException;

	}

}
