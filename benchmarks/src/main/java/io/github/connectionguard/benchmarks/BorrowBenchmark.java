package io.github.connectionguard.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.connectionguard.PoolCare;
import io.github.connectionguard.event.FlightRecorder;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.event.GuardEventListener;
import io.github.connectionguard.metrics.GuardMeters;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.transaction.WorkInProgress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What it costs to borrow a connection and give it back, with no statement in between and
 * with one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BorrowBenchmark {

	private static final String HIKARI = "hikari";

	/**
	 * HikariCP that pings at every borrow: all it can do to never lend a dead connection.
	 */
	private static final String HIKARI_PINGING = "hikari-pinging";

	private static final String GUARDED = "guarded";

	/**
	 * The same with everything that tells of it: a listener, and the meters in a registry
	 * that is read each second.
	 */
	private static final String GUARDED_TOLD = "guarded-told";

	private static final int SAMPLE = 10;

	@Param({ HIKARI, HIKARI_PINGING, GUARDED, GUARDED_TOLD })
	String pool = "";

	private TestServer server;

	private ConfigurableApplicationContext context;

	private DataSource dataSource;

	@Setup
	public void open() throws SQLException {
		if (this.pool.equals(HIKARI_PINGING)) {
			System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "-1");
		}
		this.server = TestServer.start();
		boolean guarded = this.pool.equals(GUARDED) || this.pool.equals(GUARDED_TOLD);
		this.context = new SpringApplicationBuilder(Application.class)
			.sources(this.pool.equals(GUARDED_TOLD) ? new Class<?>[] { Told.class } : new Class<?>[0])
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.run("--spring.datasource.url=" + this.server.jdbcUrl(this.server.createDatabase()),
					"--spring.datasource.username=" + this.server.username(),
					"--spring.datasource.password=" + this.server.password(), "--connection-guard.enabled=" + guarded);
		this.dataSource = this.context.getBean(DataSource.class);
		if (isGuarded() != guarded || isPinging() != this.pool.equals(HIKARI_PINGING)) {
			throw new IllegalStateException("The pool is not '%s'".formatted(this.pool));
		}
	}

	private boolean isGuarded() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.isWrapperFor(WorkInProgress.class);
		}
	}

	private boolean isPinging() throws SQLException {
		long before = pings();
		for (int i = 0; i < SAMPLE; i++) {
			borrowAndReturn();
		}
		return pings() - before >= SAMPLE;
	}

	private long pings() {
		return this.server.status("Com_admin_commands");
	}

	@Benchmark
	public void borrowAndReturn() throws SQLException {
		this.dataSource.getConnection().close();
	}

	@Benchmark
	public int borrowReadAndReturn() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement("SELECT id FROM (SELECT 1 AS id) AS line");
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getInt(1);
		}
	}

	/**
	 * Borrows are no events: nothing that tells of events has anything to do with them.
	 */
	@TearDown
	public void close() {
		PoolCare care = this.context.getBeanProvider(PoolCare.class).getIfAvailable();
		if (care != null && care.events().recorder().events().size() == FlightRecorder.CAPACITY) {
			throw new IllegalStateException("Borrows were told as events");
		}
		this.context.close();
		this.server.close();
	}

	/**
	 * An application that has nothing but the starter.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { DataJpaRepositoriesAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
	static class Application {

	}

	/**
	 * What tells of the guard.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Told {

		@Bean
		GuardEventListener listener() {
			return GuardEvent::pool;
		}

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean(destroyMethod = "shutdownNow")
		ScheduledExecutorService reading(GuardMeters meters, SimpleMeterRegistry registry) {
			meters.bindTo(registry);
			ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor();
			reading.scheduleAtFixedRate(
					() -> registry.forEachMeter((meter) -> meter.measure().forEach((value) -> value.getValue())), 0, 1,
					TimeUnit.SECONDS);
			return reading;
		}

	}

}
