package io.github.connectionguard.data.matrix;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.data.matrix.Exchange.Answer;
import io.github.connectionguard.session.SessionMode;
import io.github.connectionguard.testsupport.TestServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application in one mode of the session, with a database of its own and another
 * client of that.
 */
final class MatrixApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private MatrixApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static MatrixApplication start(Class<?> application, SessionMode mode, String... properties) throws SQLException {
		TestServer server = TestServer.shared();
		String database = server.createDatabase();
		DatabaseObserver otherClient = DatabaseObserver.of(server, database);
		return new MatrixApplication(new SpringApplicationBuilder(application)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(DatabaseObserver.class,
					() -> otherClient))
			.run(arguments(server, database, mode, properties)));
	}

	private static String[] arguments(TestServer server, String database, SessionMode mode, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("server.port=0", "server.address=127.0.0.1",
				"spring.main.banner-mode=off", "logging.level.org.apache.catalina.core.ContainerBase=off",
				"spring.datasource.url=" + server.jdbcUrl(database), "spring.datasource.username=" + server.username(),
				"spring.datasource.password=" + server.password(), "spring.datasource.hikari.maximum-pool-size=4",
				"spring.datasource.hikari.connection-timeout=2000", "spring.jpa.hibernate.ddl-auto=none",
				"connection-guard.session.mode=" + mode.name().toLowerCase(Locale.ROOT)));
		arguments.addAll(server.hibernateProperties());
		arguments.addAll(List.of(properties));
		return arguments.stream().map("--"::concat).toArray(String[]::new);
	}

	Set<Way> ways() {
		return this.context.getBean(Ways.class).all();
	}

	DatabaseObserver otherClient() {
		return this.context.getBean(DatabaseObserver.class);
	}

	int activeConnections() {
		return this.context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections();
	}

	/**
	 * Send a request, and let the other client look when the first byte of the answer has
	 * arrived.
	 */
	Result request(String path) throws Exception {
		FirstLook firstLook = this.context.getBean(FirstLook.class);
		firstLook.expect();
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		try (Exchange exchange = Exchange.begin(port, path)) {
			exchange.awaitFirstByte();
			List<String> firstRows = otherClient().rows();
			firstLook.taken();
			return new Result(exchange.rest(), firstRows);
		}
		finally {
			firstLook.taken();
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What came of a request.
	 *
	 * @param answer what the client got
	 * @param firstRows what others saw when the first byte of it arrived
	 */
	record Result(Answer answer, List<String> firstRows) {

	}

}
