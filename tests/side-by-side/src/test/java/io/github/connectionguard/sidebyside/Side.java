package io.github.connectionguard.sidebyside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The application, running with the starter or without, and all that is to be seen of its
 * requests.
 */
final class Side implements AutoCloseable {

	static final int POOL_SIZE = 4;

	static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

	private final HttpClient client = HttpClient.newHttpClient();

	private final AtomicInteger numbers = new AtomicInteger();

	private final OtherSession others;

	private final ConfigurableApplicationContext context;

	private Side(OtherSession others, ConfigurableApplicationContext context) {
		this.others = others;
		this.context = context;
	}

	static Side start(TestServer server, Starter starter, SetUp setUp) throws SQLException {
		OtherSession others = new OtherSession(server);
		List<String> arguments = new ArrayList<>(List.of("server.port=0", starter.exclusions(),
				"spring.main.banner-mode=off", "spring.datasource.url=" + setUp.url(server, others.a()),
				"spring.datasource.username=" + server.username(), "spring.datasource.password=" + server.password(),
				"spring.datasource.hikari.maximum-pool-size=" + POOL_SIZE,
				"spring.datasource.hikari.connection-timeout=" + CONNECTION_TIMEOUT.toMillis()));
		arguments.addAll(setUp.properties(server, others.a(), others.b()));
		return new Side(others,
				new SpringApplicationBuilder(SideBySideApplication.class)
					.initializers((context) -> setUp.register((GenericApplicationContext) context,
							others.pool(others.a()), others.pool(others.b())))
					.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	boolean hasStarter() {
		return this.context.containsBean("connectionGuardSessionScope");
	}

	/**
	 * Send the requests of a case, and return all that is to be seen of them.
	 */
	String transcriptOf(Case aCase) throws IOException, InterruptedException {
		this.others.reset();
		List<String> transcript = new ArrayList<>();
		try (LogAboveInfo log = LogAboveInfo.record()) {
			for (Handler handler : aCase.requests()) {
				Request request = new Request(this.context, this.others);
				String answer = send(handler, request);
				transcript.addAll(request.transcript());
				transcript.add(answer + ", others see " + this.others.rows());
			}
			transcript.add(leftOpen());
			transcript.addAll(log.lines());
		}
		return String.join("\n", transcript).replace(this.others.a(), "a").replace(this.others.b(), "b");
	}

	private String send(Handler handler, Request request) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(prepare(handler, request),
				HttpResponse.BodyHandlers.ofString());
		return "answered " + response.statusCode()
				+ ((response.statusCode() < 500) ? " '" + response.body() + "'" : "");
	}

	/**
	 * Prepare a request of many.
	 */
	HttpRequest prepare(Handler handler) {
		return prepare(handler, new Request(this.context, this.others));
	}

	private HttpRequest prepare(Handler handler, Request request) {
		int number = this.numbers.incrementAndGet();
		this.context.getBean(RequestController.class).expect(number, handler, request);
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + number)).build();
	}

	HttpClient client() {
		return this.client;
	}

	OtherSession others() {
		return this.others;
	}

	/**
	 * Tell what is still open when all has been answered, which may be a moment before it
	 * is given back.
	 */
	private String leftOpen() {
		try {
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(3))
				.until(() -> inUse() == 0);
		}
		catch (ConditionTimeoutException ex) {
			return inUse() + " in use";
		}
		return this.others.isKeptWaiting() ? "a transaction is open" : "nothing is open";
	}

	private int inUse() {
		return pools().mapToInt((pool) -> pool.getHikariPoolMXBean().getActiveConnections()).sum();
	}

	private Stream<HikariDataSource> pools() {
		Stream<DataSource> beans = this.context.getBeansOfType(DataSource.class).values().stream();
		return beans.flatMap(Side::targets)
			.map((target) -> DataSourceUnwrapper.unwrap(target, HikariDataSource.class))
			.filter((pool) -> pool != null && pool.getHikariPoolMXBean() != null)
			.distinct();
	}

	private static Stream<DataSource> targets(DataSource dataSource) {
		return (dataSource instanceof DynamicRoutingDataSource dynamic) ? dynamic.getDataSources().values().stream()
				: Stream.of(dataSource);
	}

	@Override
	public void close() throws SQLException {
		try {
			this.context.close();
		}
		finally {
			this.others.close();
		}
	}

}
