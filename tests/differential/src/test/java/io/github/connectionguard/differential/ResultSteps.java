package io.github.connectionguard.differential;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Results that stay open from step to step: read by and by, streamed, by a cursor, and
 * written through.
 */
final class ResultSteps {

	private static final String SELECT = "SELECT id, name FROM line ORDER BY id";

	static final Step NEXT = Step.ask("rows.next()",
			(lease) -> lease.rows().next() ? OutcomeText.row(lease.rows()) : "none");

	private static final Step CLOSE = Step.call("rows.close()", (lease) -> lease.rows().close());

	private ResultSteps() {
	}

	static Step stream(Setup setup) {
		return Step.call("statement = createStatement(); a stream; rows = statement.executeQuery(SELECT)", (lease) -> {
			stream(lease, setup.streamFetchSize());
			lease.keep(lease.statement().executeQuery(SELECT));
		});
	}

	static Step streamByExecute(Setup setup) {
		return Step.call("statement = createStatement(); a stream; statement.execute(SELECT); rows = getResultSet()",
				(lease) -> {
					stream(lease, setup.streamFetchSize());
					lease.statement().execute(SELECT);
					lease.keep(lease.statement().getResultSet());
				});
	}

	private static void stream(BorrowedConnection lease, int fetchSize) throws SQLException {
		lease.keep(lease.connection().createStatement()).setFetchSize(fetchSize);
	}

	static List<Step> all(Setup setup) {
		return List.of(stream(setup), streamByExecute(setup), NEXT, NEXT, NEXT, CLOSE, CLOSE,
				Step.call("statement.setFetchSize(for a stream)",
						(lease) -> lease.statement().setFetchSize(setup.streamFetchSize())),
				Step.call("statement.setFetchSize(2)", (lease) -> lease.statement().setFetchSize(2)),
				Step.call("statement.setFetchSize(0)", (lease) -> lease.statement().setFetchSize(0)),
				Step.call("rows = statement.executeQuery(SELECT)",
						(lease) -> lease.keep(lease.statement().executeQuery(SELECT))),
				Step.ask("rows.isClosed()", (lease) -> lease.rows().isClosed()),
				Step.ask("rows.getStatement() == statement",
						(lease) -> lease.rows().getStatement() == lease.statement()),
				Step.ask("all of rows", (lease) -> lease.rows()),
				Step.call("statement = createStatement(SCROLL, UPDATABLE)",
						(lease) -> lease.keep(lease.connection()
							.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE))),
				Step.call("statement = createStatement(SCROLL, READ_ONLY, HOLD)",
						(lease) -> lease.keep(lease.connection()
							.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY,
									ResultSet.HOLD_CURSORS_OVER_COMMIT))),
				Step.call("rows.updateString(2, \"w\"); updateRow()", (lease) -> {
					lease.rows().updateString(2, "w");
					lease.rows().updateRow();
				}), Step.call("rows.insertRow()", (lease) -> {
					lease.rows().moveToInsertRow();
					lease.rows().updateString(2, "i");
					lease.rows().insertRow();
				}), Step.call("rows.deleteRow()", (lease) -> lease.rows().deleteRow()),
				Step.call("rows.refreshRow()", (lease) -> lease.rows().refreshRow()),
				Step.ask("an updatable result, written through", (lease) -> {
					try (Statement made = lease.connection()
						.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
							ResultSet rows = made.executeQuery(SELECT)) {
						rows.next();
						rows.updateString(2, "w");
						rows.updateRow();
						return rows.getString(2);
					}
				}));
	}

}
