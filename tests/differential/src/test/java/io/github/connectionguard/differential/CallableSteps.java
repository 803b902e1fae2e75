package io.github.connectionguard.differential;

import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.List;
import java.util.Set;

/**
 * What a {@link CallableStatement} can do.
 */
final class CallableSteps {

	private CallableSteps() {
	}

	static List<Step> all() {
		return List.of(
				Step.call("callable = prepareCall(\"{call swap(?, ?, ?)}\")",
						(lease) -> lease.keep(lease.connection().prepareCall("{call swap(?, ?, ?)}"))),
				Step.call("callable = prepareCall(\"{? = call twice(?)}\")",
						(lease) -> lease.keep(lease.connection().prepareCall("{? = call twice(?)}"))),
				Step.call("callable = prepareCall(\"{call results()}\")",
						(lease) -> lease.keep(lease.connection().prepareCall("{call results()}"))),
				Step.call("callable = prepareCall(\"{call insert_and_fail()}\", SCROLL, READ_ONLY)",
						(lease) -> lease.keep(lease.connection()
							.prepareCall("{call insert_and_fail()}", ResultSet.TYPE_SCROLL_INSENSITIVE,
									ResultSet.CONCUR_READ_ONLY))),
				Step.call("callable = prepareCall(\"{call begin_and_insert()}\")",
						(lease) -> lease.keep(lease.connection().prepareCall("{call begin_and_insert()}")))
					.leavingTraces(),
				Step.ask("swap as a whole", (lease) -> {
					try (CallableStatement made = lease.connection().prepareCall("{call swap(?, ?, ?)}")) {
						made.setInt(1, 4);
						made.setInt(2, 5);
						made.registerOutParameter(2, Types.INTEGER);
						made.registerOutParameter(3, Types.VARCHAR);
						made.execute();
						return made.getInt(2) + " " + made.getString(3) + " " + made.wasNull();
					}
				}), Step.ask("twice as a whole", (lease) -> {
					try (CallableStatement made = lease.connection().prepareCall("{? = call twice(?)}")) {
						made.registerOutParameter(1, Types.INTEGER);
						made.setInt(2, 21);
						made.executeUpdate();
						return made.getObject(1);
					}
				}), Step.call("callable.setInt(1, 6)", (lease) -> lease.callable().setInt(1, 6)),
				Step.call("callable.setInt(\"b\", 7)", (lease) -> lease.callable().setInt("b", 7)),
				Step.call("callable.registerOutParameter(3, VARCHAR)",
						(lease) -> lease.callable().registerOutParameter(3, Types.VARCHAR)),
				Step.ask("callable.execute()", (lease) -> lease.callable().execute()),
				Step.ask("callable.executeUpdate()", (lease) -> lease.callable().executeUpdate()),
				Step.ask("callable.executeQuery()", (lease) -> lease.callable().executeQuery()),
				Step.ask("callable.getResultSet()", (lease) -> lease.callable().getResultSet()),
				Step.ask("callable.getMoreResults()", (lease) -> lease.callable().getMoreResults()),
				Step.ask("callable.getString(3)", (lease) -> lease.callable().getString(3)),
				Step.ask("callable.getObject(\"b\")", (lease) -> lease.callable().getObject("b")),
				Step.ask("callable.equals(callable)", (lease) -> lease.callable().equals(lease.callable())),
				Step.ask("callable is in a set", (lease) -> Set.of(lease.callable()).contains(lease.callable())),
				Step.ask("callable.toString()", (lease) -> lease.callable().toString()),
				Step.ask("callable.getConnection() == connection",
						(lease) -> lease.callable().getConnection() == lease.connection()),
				Step.ask("callable.getParameterMetaData()",
						(lease) -> lease.callable().getParameterMetaData().getParameterCount()),
				Step.call("callable.addBatch()", (lease) -> lease.callable().addBatch()),
				Step.ask("callable.executeBatch()", (lease) -> lease.callable().executeBatch()),
				Step.call("callable.close()", (lease) -> lease.callable().close()));
	}

}
