package io.github.connectionguard.differential;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a {@link PreparedStatement} can do.
 */
final class PreparedSteps {

	private static final String INSERT = "INSERT INTO line (id, name) VALUES (?, 'q')";

	private static final String INSERT_NAME = "INSERT INTO line (name) VALUES (?)";

	private static final String SELECT = "SELECT id, name FROM line WHERE id > ? ORDER BY id";

	private PreparedSteps() {
	}

	static List<Step> all() {
		return List.of(
				Step.call("prepared = prepareStatement(INSERT)",
						(lease) -> lease.keep(lease.connection().prepareStatement(INSERT_NAME))),
				Step.call("prepared = prepareStatement(INSERT, RETURN_GENERATED_KEYS)",
						(lease) -> lease
							.keep(lease.connection().prepareStatement(INSERT_NAME, Statement.RETURN_GENERATED_KEYS))),
				Step.call("prepared = prepareStatement(INSERT, {\"id\"})",
						(lease) -> lease.keep(lease.connection().prepareStatement(INSERT_NAME, new String[] { "id" }))),
				Step.call("prepared = prepareStatement(SELECT)",
						(lease) -> lease.keep(lease.connection().prepareStatement(SELECT))),
				Step.call("prepared = prepareStatement(SELECT, SCROLL, UPDATABLE)",
						(lease) -> lease.keep(lease.connection()
							.prepareStatement(SELECT, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE))),
				Step.call("prepared = prepareStatement(BEGIN)",
						(lease) -> lease.keep(lease.connection().prepareStatement("BEGIN")))
					.leavingTraces(),
				Step.call("prepared = prepareStatement(SET autocommit = 0)",
						(lease) -> lease.keep(lease.connection().prepareStatement("SET autocommit = 0")))
					.leavingTraces(),
				Step.call("prepared = prepareStatement(CALL)",
						(lease) -> lease
							.keep(lease.connection().prepareStatement(lease.sql("CALL {db}.insert_and_fail()")))),
				Step.call("prepared.setInt(1, 2)",
						(lease) -> lease.prepared().setInt(1, Integer.parseInt(lease.sql("{2}")))),
				Step.call("prepared.setString(1, \"7\")", (lease) -> lease.prepared().setString(1, "7")),
				Step.call("prepared.setObject(1, null)", (lease) -> lease.prepared().setObject(1, null)),
				Step.call("prepared.clearParameters()", (lease) -> lease.prepared().clearParameters()),
				Step.ask("prepared.execute()", (lease) -> lease.prepared().execute()),
				Step.ask("prepared.executeUpdate()", (lease) -> lease.prepared().executeUpdate()),
				Step.ask("prepared.executeLargeUpdate()", (lease) -> lease.prepared().executeLargeUpdate()),
				Step.ask("prepared.executeQuery()", (lease) -> lease.prepared().executeQuery()),
				Step.call("rows = prepared.executeQuery()", (lease) -> lease.keep(lease.prepared().executeQuery())),
				Step.ask("prepared.getResultSet()", (lease) -> lease.prepared().getResultSet()),
				Step.ask("prepared.getGeneratedKeys()", (lease) -> lease.prepared().getGeneratedKeys()),
				Step.ask("prepared.getUpdateCount()", (lease) -> lease.prepared().getUpdateCount()),
				Step.call("prepared.addBatch()", (lease) -> lease.prepared().addBatch()),
				Step.call("prepared.clearBatch()", (lease) -> lease.prepared().clearBatch()),
				Step.ask("prepared.executeBatch()", (lease) -> lease.prepared().executeBatch()),
				Step.ask("prepared.executeLargeBatch()", (lease) -> lease.prepared().executeLargeBatch()),
				Step.ask("a prepared batch that fails in the middle", PreparedSteps::failingBatch),
				Step.ask("a prepared batch of four", PreparedSteps::batch),
				Step.call("prepared.setFetchSize(1)", (lease) -> lease.prepared().setFetchSize(1)),
				Step.ask("prepared.getParameterMetaData().getParameterCount()",
						(lease) -> lease.prepared().getParameterMetaData().getParameterCount()),
				Step.ask("prepared.toString()", (lease) -> lease.prepared().toString()),
				Step.call("prepared.close()", (lease) -> lease.prepared().close()),
				Step.ask("prepared.execute(SELECT 1)", (lease) -> lease.prepared().execute("SELECT 1")));
	}

	private static Object failingBatch(BorrowedConnection lease) throws SQLException {
		try (PreparedStatement made = lease.connection().prepareStatement(INSERT)) {
			for (String row : List.of("{801}", "{802}", "{1}", "{803}")) {
				made.setInt(1, Integer.parseInt(lease.sql(row)));
				made.addBatch();
			}
			return made.executeBatch();
		}
	}

	private static Object batch(BorrowedConnection lease) throws SQLException {
		try (PreparedStatement made = lease.connection()
			.prepareStatement(INSERT_NAME, Statement.RETURN_GENERATED_KEYS)) {
			for (int i = 0; i < 4; i++) {
				made.setString(1, "b" + i);
				made.addBatch();
			}
			return OutcomeText.of(made.executeBatch()) + OutcomeText.of(made.getGeneratedKeys());
		}
	}

}
