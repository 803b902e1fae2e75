package io.github.connectionguard.benchmarks.scale;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;

/**
 * Several applications' worth of pools in one process, each with a guard of its own or
 * without any.
 */
public final class FleetProbe implements AutoCloseable {

	private static final int SMALLEST = 2;

	private static final int SIZES = 4;

	private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

	private final List<HikariDataSource> pools = new ArrayList<>();

	private final List<ConnectionGuard> guards = new ArrayList<>();

	private final ScheduledExecutorService clients;

	private final AtomicInteger failed = new AtomicInteger();

	private volatile boolean busy;

	private FleetProbe(Options options) {
		this.clients = Executors.newScheduledThreadPool(options.applications());
		for (int i = 0; i < options.applications(); i++) {
			open(options, size(i));
		}
		for (int i = 0; i < options.applications(); i++) {
			HikariDataSource pool = this.pools.get(i);
			long phase = BETWEEN_REQUESTS.toMillis() * i / options.applications();
			this.clients.scheduleAtFixedRate(() -> request(pool), phase, BETWEEN_REQUESTS.toMillis(),
					TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Return how many connections so many applications have.
	 */
	static int connections(int applications) {
		int sum = 0;
		for (int i = 0; i < applications; i++) {
			sum += size(i);
		}
		return sum;
	}

	private static int size(int application) {
		return SMALLEST + application % SIZES;
	}

	private void open(Options options, int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(options.url());
		config.setUsername(options.username());
		config.setPassword(options.password());
		config.setMaximumPoolSize(size);
		if (!options.guarded()) {
			this.pools.add(new HikariDataSource(config));
			return;
		}
		ConnectionGuard.Builder builder = ConnectionGuard.builder();
		if (options.compressed() > 1) {
			builder.pingAfter(Duration.ofSeconds(10).dividedBy(options.compressed()))
				.networkIdleTimeout(Duration.ofMinutes(6).dividedBy(options.compressed()));
		}
		ConnectionGuard guard = builder.build();
		this.guards.add(guard);
		this.pools.add(guard.guard(config));
	}

	private void request(HikariDataSource pool) {
		if (!this.busy) {
			return;
		}
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT 1");
		}
		catch (SQLException ex) {
			this.failed.incrementAndGet();
		}
	}

	/**
	 * Open the pools, and answer until the input ends.
	 * @param arguments as {@link Options} has them
	 * @throws Exception if a pool cannot be opened
	 */
	public static void main(String[] arguments) throws Exception {
		try (FleetProbe fleet = new FleetProbe(Options.of(arguments))) {
			Child.answer("open");
			BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String question = questions.readLine(); question != null; question = questions.readLine()) {
				Child.answer(fleet.answer(question));
			}
		}
	}

	private Object answer(String question) {
		return switch (question) {
			case "work" -> work(true);
			case "rest" -> work(false);
			case "idle" ->
				this.pools.stream().mapToInt((pool) -> pool.getHikariPoolMXBean().getIdleConnections()).sum();
			case "failed" -> this.failed.getAndSet(0);
			default -> throw new IllegalArgumentException(question);
		};
	}

	private boolean work(boolean wanted) {
		this.busy = wanted;
		return wanted;
	}

	@Override
	public void close() {
		this.clients.shutdownNow();
		this.guards.forEach(ConnectionGuard::close);
		this.pools.forEach(HikariDataSource::close);
	}

	/**
	 * What the applications are.
	 *
	 * @param url where their pools lead to
	 * @param username the account
	 * @param password its password
	 * @param applications how many there are
	 * @param guarded whether each has a guard
	 * @param compressed by how much a guard's intervals are shorter than its defaults
	 */
	record Options(String url, String username, String password, int applications, boolean guarded, int compressed) {

		static Options of(String[] arguments) {
			return new Options(arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]),
					Boolean.parseBoolean(arguments[4]), Integer.parseInt(arguments[5]));
		}

		String[] arguments() {
			return new String[] { this.url, this.username, this.password, Integer.toString(this.applications),
					Boolean.toString(this.guarded), Integer.toString(this.compressed) };
		}

	}

}
