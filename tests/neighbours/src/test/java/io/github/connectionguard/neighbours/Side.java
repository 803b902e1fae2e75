package io.github.connectionguard.neighbours;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.bridge.SLF4JBridgeHandler;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * An application, running with the starter or without on a database of its own.
 */
final class Side implements AutoCloseable {

	private static final String TRANSACTIONS = "SELECT COUNT(*) FROM information_schema.innodb_trx "
			+ "JOIN information_schema.processlist ON id = trx_mysql_thread_id WHERE db = ?";

	static {
		// Else each start would take the record of the log from it
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		// What Spring Boot would do: Tomcat does not log by SLF4J
		SLF4JBridgeHandler.removeHandlersForRootLogger();
		SLF4JBridgeHandler.install();
	}

	private final TestServer server;

	private final String database;

	private final Connection observer;

	private final JdbcTemplate others;

	private final ConfigurableApplicationContext application;

	private Side(TestServer server, String database, Connection observer, ConfigurableApplicationContext application) {
		this.server = server;
		this.database = database;
		this.observer = observer;
		this.others = new JdbcTemplate(new SingleConnectionDataSource(observer, true));
		this.application = application;
	}

	static Side start(TestServer server, Starter starter, Neighbour neighbour) throws SQLException {
		String database = server.createDatabase();
		List<String> arguments = new ArrayList<>(List.of("spring.main.banner-mode=off",
				"spring.datasource.url=" + server.jdbcUrl(database), "spring.datasource.username=" + server.username(),
				"spring.datasource.password=" + server.password(), "spring.datasource.hikari.maximum-pool-size=8",
				// A machine that is busy is no reason to warn
				"spring.datasource.hikari.validation-timeout=5000", "spring.sql.init.mode=always",
				ChosenAutoConfigurations.PROPERTY + "="
						+ String.join(",", Stream.concat(neighbour.packages().stream(), starter.packages()).toList())));
		arguments.addAll(server.hibernateProperties());
		arguments.addAll(neighbour.properties());
		Connection observer = server.connect(database);
		return new Side(server, database, observer, new SpringApplicationBuilder(neighbour.application())
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	boolean hasStarter() {
		return Stream.of(this.application.getBeanDefinitionNames())
			.anyMatch((name) -> name.startsWith("connectionGuard"));
	}

	/**
	 * Do what a case does, and return what is to be seen of it but in the log.
	 */
	List<String> transcriptOf(Case aCase) {
		Visit visit = new Visit(this.application, this.others);
		try {
			aCase.steps().with(visit);
		}
		catch (Exception | AssertionError ex) {
			throw new AssertionError("'" + aCase.name() + "' " + (hasStarter() ? "with" : "without")
					+ " the starter, after " + visit.transcript(), ex);
		}
		List<String> transcript = new ArrayList<>(visit.transcript());
		transcript.add(leftOpen());
		transcript.replaceAll((line) -> line.replace(this.database, "database"));
		return transcript;
	}

	/**
	 * Tell what is still open when all is done, which may be a moment before it is given
	 * back.
	 */
	private String leftOpen() {
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(20))
				.until(() -> inUse() == 0 && transactions() == 0);
			return "nothing is open";
		}
		catch (ConditionTimeoutException ex) {
			return inUse() + " connections and " + transactions() + " transactions are open";
		}
	}

	private int inUse() {
		return this.application.getBeansOfType(HikariDataSource.class).values().stream().mapToInt((pool) -> {
			HikariPoolMXBean state = pool.getHikariPoolMXBean();
			return (state != null) ? state.getActiveConnections() : 0;
		}).sum();
	}

	private long transactions() {
		Long transactions = this.others.queryForObject(TRANSACTIONS, Long.class, this.database);
		return (transactions != null) ? transactions : 0;
	}

	/**
	 * Stop the application, which leaves no session on the server.
	 */
	@Override
	public void close() throws SQLException {
		try {
			this.application.close();
			this.observer.close();
			Awaitility.await().until(() -> this.server.sessions(this.database).isEmpty());
		}
		finally {
			this.observer.close();
		}
	}

}
