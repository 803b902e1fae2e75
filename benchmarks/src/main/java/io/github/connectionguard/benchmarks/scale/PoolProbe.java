package io.github.connectionguard.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.GuardSettings;
import io.github.connectionguard.PoolCare;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import org.jspecify.annotations.Nullable;

/**
 * One pool in a process of its own, with the guard or without, which answers what it
 * costs.
 */
public final class PoolProbe implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final String url;

	private final String username;

	private final String password;

	private final HikariDataSource pool;

	private final @Nullable PoolCare care;

	private PoolProbe(String[] login, int size, boolean guarded, long keepalive) {
		this.url = login[0];
		this.username = login[1];
		this.password = login[2];
		System.setProperty("com.zaxxer.hikari.blockUntilFilled", "true");
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url);
		config.setUsername(this.username);
		config.setPassword(this.password);
		config.setMaximumPoolSize(size);
		config.setKeepaliveTime(keepalive);
		config.setInitializationFailTimeout(PATIENCE.toMillis());
		this.care = guarded ? care() : null;
		this.pool = (this.care != null) ? this.care.pools().start(config) : new HikariDataSource(config);
	}

	private static PoolCare care() {
		PoolSettings settings = new PoolSettings(null, true, Duration.ofSeconds(1), Duration.ofSeconds(10), true, true,
				List.of(), null, false);
		PoolCare care = new PoolCare(new GuardSettings(settings, new KeepaliveSettings(true, Duration.ofMinutes(30))));
		care.start();
		return care;
	}

	/**
	 * Open the pool, and answer until the input ends.
	 * @param arguments the URL, user and password, the size of the pool, whether it is
	 * guarded, and its keepalive time
	 * @throws Exception if the pool cannot be opened
	 */
	public static void main(String[] arguments) throws Exception {
		int size = Integer.parseInt(arguments[3]);
		try (PoolProbe probe = new PoolProbe(arguments, size, Boolean.parseBoolean(arguments[4]),
				Long.parseLong(arguments[5]))) {
			probe.awaitIdle(size);
			Child.answer(size);
			BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String question = questions.readLine(); question != null; question = questions.readLine()) {
				Child.answer(probe.answer(question.split(" ")));
			}
		}
	}

	private void awaitIdle(int size) throws InterruptedException {
		long begin = System.nanoTime();
		while (this.pool.getHikariPoolMXBean().getIdleConnections() < size) {
			if (System.nanoTime() - begin > PATIENCE.toNanos()) {
				throw new IllegalStateException("The pool is not full");
			}
			Thread.sleep(10);
		}
	}

	private Object answer(String[] question) throws Exception {
		return switch (question[0]) {
			case "heap" -> Footprint.heap();
			case "wait" -> await(question[1]);
			case "direct" -> Footprint.direct();
			case "descriptors" -> Footprint.descriptors();
			case "histogram" -> Footprint.histogram();
			case "threads" -> Footprint.threads();
			case "peak" -> Footprint.peak();
			case "walk" -> new PoolCosts(guarded()).quietWalk();
			case "timer" -> new PoolCosts(guarded()).timer(Duration.ofSeconds(Long.parseLong(question[1])));
			case "ping" -> new PoolCosts(guarded()).ping(Duration.ofSeconds(Long.parseLong(question[1])));
			case "death" -> new PoolDeaths(guarded(), this::control).one();
			case "silence" -> new PoolDeaths(guarded(), this::control).silent();
			case "end" -> new PoolDeaths(guarded(), this::control).all();
			default -> throw new IllegalArgumentException(question[0]);
		};
	}

	private static long await(String seconds) throws InterruptedException {
		Thread.sleep(Duration.ofSeconds(Long.parseLong(seconds)).toMillis());
		return 0;
	}

	private GuardedPool guarded() {
		PoolCare present = this.care;
		if (present == null) {
			throw new IllegalStateException("The pool is not guarded");
		}
		return present.pools().pools().iterator().next();
	}

	/**
	 * Have the server do something, in a session outside the pool.
	 */
	private void control(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.url, this.username, this.password);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public void close() throws IOException {
		if (this.care != null) {
			this.care.stop();
		}
		this.pool.close();
	}

}
