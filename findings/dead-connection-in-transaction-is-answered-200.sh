#!/bin/bash
# A request whose transaction finds its connection dead is answered with 200 and nothing in it by Spring MVC 7.0.9 (Spring
# Boot 4.1.1); nothing was written, and nothing is logged at ERROR. The transaction manager throws a
# CannotCreateTransactionException, which is no DataAccessException; among its causes is the driver's end of stream, so Spring
# MVC takes it for a client that has gone away (DisconnectedClientHelper, asked by DefaultHandlerExceptionResolver) and drops
# it, and the container sends what there is. So it is with every pool that lends a dead connection, as HikariCP does with one
# that was used in the last half second. The same statement without a transaction fails with a DataAccessException, and the
# answer is 500.
#
# Seen on MariaDB 11.4.5 with HikariCP 7.1.0, whose window is made longer here, after a KILL of all sessions, with all that is
# logged at ERROR:
#   mysql, in-a-transaction: 200 with nothing in it, 0 rows
#   ERROR of [dispatcherServlet]
#   mysql, without: 500 with something in it, 0 rows
#   mariadb, in-a-transaction: 200 with nothing in it, 0 rows
#   ERROR of [dispatcherServlet]
#   mariadb, without: 500 with something in it, 0 rows
source "$(dirname "$0")/support.bash"

start_mariadb
with_all org.springframework.boot:spring-boot-starter-webmvc:4.1.1 org.springframework.boot:spring-boot-starter-jdbc:4.1.1 \
	com.mysql:mysql-connector-j:9.7.0 org.mariadb.jdbc:mariadb-java-client:3.5.10
run <<-'JAVA'
	import java.net.URI;
	import java.net.http.*;
	import java.sql.*;
	import java.util.*;

	import org.springframework.boot.*;
	import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
	import org.springframework.context.ConfigurableApplicationContext;
	import org.springframework.jdbc.core.JdbcTemplate;
	import org.springframework.transaction.support.TransactionTemplate;
	import org.springframework.web.bind.annotation.*;

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	public class Finding {

		private final JdbcTemplate jdbc;

		private final TransactionTemplate transaction;

		Finding(JdbcTemplate jdbc, TransactionTemplate transaction) {
			this.jdbc = jdbc;
			this.transaction = transaction;
		}

		@PostMapping("/in-a-transaction")
		String writeInTransaction() {
			return this.transaction.execute((status) -> write());
		}

		@PostMapping("/without")
		String write() {
			this.jdbc.update("INSERT INTO line VALUES ()");
			return "written";
		}

		static Connection connect() throws SQLException {
			return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + System.getProperty("port")
					+ "/mysql?user=root&sslMode=disable");
		}

		static List<Long> ask(Connection connection, String query) throws SQLException {
			List<Long> numbers = new ArrayList<>();
			try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
				while (rows.next()) {
					numbers.add(rows.getLong(1));
				}
			}
			return numbers;
		}

		static HttpResponse<String> post(ConfigurableApplicationContext context, String path) throws Exception {
			String url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody()).build(),
						HttpResponse.BodyHandlers.ofString());
		}

		static void tell(String driver, ConfigurableApplicationContext context, Connection server, String path)
				throws Exception {
			post(context, path);
			server.createStatement().execute("TRUNCATE test.line");
			String sessions = "SELECT id FROM information_schema.processlist WHERE db = 'test'";
			for (long id : ask(server, sessions)) {
				server.createStatement().execute("KILL " + id);
			}
			while (!ask(server, sessions).isEmpty()) {
				Thread.sleep(10);
			}
			HttpResponse<String> answer = post(context, path);
			System.out.printf("%s, %s: %d with %s in it, %d rows%n", driver, path.substring(1), answer.statusCode(),
					answer.body().isEmpty() ? "nothing" : "something", ask(server, "SELECT COUNT(*) FROM test.line").get(0));
		}

		public static void main(String[] arguments) throws Exception {
			System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "60000"); // for machines that are slow
			try (Connection server = connect()) {
				server.createStatement().execute("CREATE TABLE test.line (id INT AUTO_INCREMENT PRIMARY KEY)");
				for (String driver : new String[] { "mysql", "mariadb" }) {
					try (ConfigurableApplicationContext context = SpringApplication.run(Finding.class,
							"--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=ERROR",
							"--logging.pattern.console=%p of %c{0}%nopex%n",
							"--spring.datasource.hikari.maximum-pool-size=1", "--spring.datasource.url=jdbc:" + driver
									+ "://127.0.0.1:" + System.getProperty("port") + "/test?user=root&sslMode=disable"
									+ (driver.equals("mysql") ? "d" : ""))) {
						tell(driver, context, server, "/in-a-transaction");
						tell(driver, context, server, "/without");
					}
				}
			}
		}

	}
JAVA
expect <<-'OUTPUT'
	mysql, in-a-transaction: 200 with nothing in it, 0 rows
	ERROR of [dispatcherServlet]
	mysql, without: 500 with something in it, 0 rows
	mariadb, in-a-transaction: 200 with nothing in it, 0 rows
	ERROR of [dispatcherServlet]
	mariadb, without: 500 with something in it, 0 rows
OUTPUT
