package io.github.connectionguard.sidebyside;

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;

import io.github.connectionguard.testsupport.TestServer;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Requests that lose a part of their work on the way and shrug it off, which nobody is
 * told has succeeded with the starter.
 */
final class LossCases extends Cases {

	private static final String REASON = "what belongs together is not committed in part";

	LossCases() {
		differs("death after a call that wrote", REASON, (request) -> {
			request.jdbc().queryForList("CALL add_line('called')");
			request.shrugOff(() -> killed(request));
			request.services().required(() -> request.write("in a transaction"));
		}, """
				shrugged off
				answered 500, others see a [], b []
				nothing is open
				WARN PoolLosses
				ERROR [dispatcherServlet] SQLNonTransientConnectionException
				""");
		differs("deadlock that undoes what a function wrote", REASON, (request) -> {
			request.jdbc().queryForList("SELECT added_line('called')");
			request.shrugOff(() -> deadlock(request, "called"));
			request.write("after");
		}, """
				shrugged off
				answered 500, others see a [], b []
				nothing is open
				ERROR [dispatcherServlet] SessionRolledBackException
				""");
		same("deadlock in a transaction", (request) -> {
			request.services().required(() -> request.write("before"));
			request.attempt("transaction", () -> request.services().required(() -> {
				request.write("in it");
				deadlock(request, "in it");
			}));
			request.services().required(() -> request.write("after"));
		});
		if (TestServer.shared().isMariaDb()) {
			differs("change since the snapshot", REASON, (request) -> {
				request.others().write("theirs");
				request.jdbc().execute("SET SESSION innodb_snapshot_isolation = ON");
				request.write("first");
				request.tell(request.names());
				request.others().rename("theirs", "changed");
				request.shrugOff(() -> request.rename("changed", "again"));
				request.write("second");
				request.jdbc().execute("SET SESSION innodb_snapshot_isolation = DEFAULT");
			}, """
					[first, theirs]
					shrugged off
					answered 500, others see a [changed], b []
					nothing is open
					ERROR [dispatcherServlet] SessionRolledBackException
					""");
		}
	}

	private static void killed(Request request) {
		Long id = request.jdbc().queryForObject("SELECT CONNECTION_ID()", Long.class);
		request.others().kill((id != null) ? id : 0);
		request.names();
	}

	/**
	 * Have somebody who has written more wait for a row of the request, and the request
	 * for one of theirs.
	 */
	private static void deadlock(Request request, String name) throws Exception {
		try (Connection connection = request.others().connect()) {
			JdbcTemplate rival = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			rival.execute("START TRANSACTION");
			for (int i = 0; i < 20; i++) {
				rival.update("INSERT INTO line (name) VALUES (?)", "rival " + i);
			}
			CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
				rival.update("UPDATE line SET name = 'changed' WHERE name = ?", name);
				rival.execute("ROLLBACK");
			});
			try {
				request.jdbc().queryForList("SELECT name FROM line WHERE name = 'rival 1' FOR UPDATE");
			}
			finally {
				ended.join();
			}
		}
	}

}
