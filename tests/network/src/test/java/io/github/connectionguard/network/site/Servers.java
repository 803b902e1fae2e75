package io.github.connectionguard.network.site;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.testsupport.network.Network;
import io.github.connectionguard.testsupport.network.Replication;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a network, and what is in their databases.
 */
final class Servers implements AutoCloseable {

	private final Network network;

	private final List<TestServer> all = new ArrayList<>();

	private @Nullable Replication replication;

	Servers(Network network) {
		this.network = network;
	}

	/**
	 * Starts one more.
	 * @param options its options
	 */
	void start(String... options) {
		this.all.add(this.network.atServer(() -> TestServer.start(options)));
	}

	/**
	 * Has the second follow the first from now on.
	 */
	void replicate() {
		this.replication = new Replication(this.network, first(), this.all.get(1));
	}

	Replication replication() {
		if (this.replication == null) {
			throw new IllegalStateException("These servers are independent of each other");
		}
		return this.replication;
	}

	/**
	 * Returns those whose rows count.
	 */
	private List<TestServer> written() {
		return (this.replication != null) ? List.of(this.replication.primary()) : this.all;
	}

	List<TestServer> all() {
		return List.copyOf(this.all);
	}

	TestServer first() {
		return this.all.get(0);
	}

	/**
	 * Creates a database with an empty table.
	 * @return its name, which is the same on all of them
	 */
	String createDatabase() {
		List<String> names = written().stream()
			.map((server) -> this.network.atServer(() -> createDatabase(server)))
			.distinct()
			.toList();
		return names.get(0);
	}

	private static String createDatabase(TestServer server) throws SQLException {
		String name = server.createDatabase();
		server.execute("CREATE TABLE " + name + ".line (id BIGINT PRIMARY KEY)");
		return name;
	}

	/**
	 * Returns the keys of the rows that any of them has, of a primary and its replica the
	 * primary.
	 * @param database the database
	 * @return the keys
	 */
	Set<Long> ids(String database) {
		Set<Long> ids = new HashSet<>();
		for (TestServer server : written()) {
			ids.addAll(query(server, database, "SELECT id FROM line"));
		}
		return ids;
	}

	/**
	 * Asks the first for numbers.
	 * @param query the query
	 * @return the numbers
	 */
	List<Long> query(String query) {
		return query(first(), "", query);
	}

	private List<Long> query(TestServer server, String database, String query) {
		return this.network.atServer(() -> {
			List<Long> numbers = new ArrayList<>();
			try (Connection connection = server.connect(database);
					Statement statement = connection.createStatement();
					ResultSet result = statement.executeQuery(query)) {
				while (result.next()) {
					numbers.add(result.getLong(1));
				}
			}
			return numbers;
		});
	}

	/**
	 * Has the first do something.
	 * @param statement the statement
	 */
	void execute(String statement) {
		this.network.atServer(() -> {
			first().execute(statement);
			return true;
		});
	}

	@Override
	public void close() {
		this.all.forEach(TestServer::close);
	}

}
