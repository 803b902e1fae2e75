package io.github.connectionguard.drivers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.datasource.HikariGuarding;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What has to work with every version of the libraries, over one driver.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class DriverTests {

	private static final int POOL = 4;

	private final TestServer server = TestServer.shared();

	private final String url;

	private ConfigurableApplicationContext application;

	private HikariDataSource dataSource;

	private GuardedPool pool;

	private JdbcTemplate jdbc;

	private String toldAtStart;

	private final String dataSourceClass;

	DriverTests(String scheme, String parameters, String dataSourceClass) {
		this.dataSourceClass = dataSourceClass;
		this.url = "jdbc:%s://%s:%d/%s?%s".formatted(scheme, this.server.host(), this.server.port(),
				this.server.createDatabase(), parameters);
	}

	@BeforeAll
	void start(CapturedOutput output) {
		this.application = SpringApplication.run(Application.class, "--spring.datasource.url=" + this.url,
				"--spring.datasource.username=" + this.server.username(),
				"--spring.datasource.password=" + this.server.password(),
				"--spring.datasource.hikari.maximum-pool-size=" + POOL,
				"--connection-guard.validation.ping-after=100ms", "--connection-guard.network-idle-timeout=3s");
		this.dataSource = this.application.getBean(HikariDataSource.class);
		this.pool = this.application.getBean(GuardedPools.class).pools().iterator().next();
		this.jdbc = this.application.getBean(JdbcTemplate.class);
		this.jdbc.execute("CREATE TABLE work (id INT)");
		fillPool();
		this.toldAtStart = output.getAll();
	}

	@AfterAll
	void close() {
		this.application.close();
	}

	@BeforeEach
	void fillPool() {
		Awaitility.await().until(() -> this.pool.snapshot().idle() == POOL && this.pool.ledger().knowsBoundaries());
	}

	@Test
	void librariesAreThoseAskedFor() {
		List<String> asked = List.of(System.getProperty("libraries", "").split(" "));
		String present = System.getProperty("java.class.path");
		assertThat(asked).hasSizeGreaterThan(1)
			.allSatisfy((library) -> assertThat(present).contains("/" + library + ".jar"));
	}

	@Test
	void nothingIsSwitchedOff() {
		assertThat(this.toldAtStart).contains("keepalive-time 120 s -> 1 s").doesNotContain("WARN");
		assertThat(this.pool.ledger().connections()).hasSize(POOL)
			.allMatch(PhysicalConnection::isPingable)
			.allMatch((connection) -> connection.facts() != null)
			.noneMatch((connection) -> connection.wire().isBlind());
	}

	@Test
	void sessionsAreKnownByTheirNumber() {
		assertThat(this.pool.ledger().connections()).allMatch((connection) -> connection.facts() != null
				&& connection.wire().isDirect(connection.facts().connectionId()));
	}

	@Test
	void noBorrowFailsAfterAllSessionsWereKilled() throws Exception {
		killAll();
		assertThat(burst()).doesNotContain(0L);
	}

	@Test
	void quietConnectionsArePingedWhenTheyAreBorrowed() throws Exception {
		Awaitility.await()
			.until(() -> this.pool.ledger()
				.connections()
				.stream()
				.allMatch((connection) -> connection.wire().quiet().compareTo(Duration.ofMillis(150)) > 0));
		long since = this.pool.ledger().now();
		assertThat(burst()).hasSize(POOL);
		assertThat(this.pool.ledger().lastPing()).isNotNull().matches((ping) -> ping.alive() && ping.at() - since > 0);
	}

	@Test
	void connectionInUseIsKeptAlive() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			insert(connection);
			PhysicalConnection held = this.pool.leases().heldByThread(0).get(0).connection();
			long since = this.pool.ledger().now();
			Awaitility.await().until(() -> held.wire().isHeardSince(since));
			assertThat(held.isLost()).isFalse();
			connection.rollback();
		}
		assertThat(rows()).isZero();
	}

	@Test
	void connectionThatDiesInUseIsReplaced() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			long id = id(statement);
			this.server.execute("KILL " + id);
			Awaitility.await().ignoreExceptions().until(() -> !connection.isValid(1));
		}
		Awaitility.await().until(() -> this.pool.snapshot().idle() == POOL);
		assertThat(this.jdbc.queryForObject("SELECT 1", Integer.class)).isOne();
	}

	@Test
	void transactionIsCommittedOrRolledBack() {
		Work work = this.application.getBean(Work.class);
		work.insert();
		assertThatIllegalStateException().isThrownBy(work::insertAndFail);
		assertThat(rows()).isOne();
		this.jdbc.execute("DELETE FROM work");
	}

	@Test
	void connectionThatWasLeakedIsReclaimed() throws SQLException {
		this.dataSource.getConnection();
		PhysicalConnection leaked = this.pool.leases().heldByThread(0).get(0).connection();
		assertThat(this.pool.leases().isOut(leaked)).isTrue();
		assertThat(this.pool.leases().reclaim(leaked)).isTrue();
		assertThat(this.pool.snapshot().active()).isZero();
	}

	@Test
	void healthSaysHowThePoolIs() {
		CompositeHealthContributor guard = this.application.getBean("connectionGuardHealthContributor",
				CompositeHealthContributor.class);
		HealthIndicator indicator = (HealthIndicator) guard.stream().findFirst().orElseThrow().contributor();
		assertThat(indicator.health()).isNotNull().extracting(Health::getStatus).isEqualTo(Status.UP);
	}

	@Test
	void poolOfADataSourceClassIsGuarded() throws SQLException {
		try (HikariDataSource other = new HikariDataSource()) {
			other.setDataSourceClassName(this.dataSourceClass);
			other.addDataSourceProperty("url", this.url);
			other.setUsername(this.server.username());
			other.setPassword(this.server.password());
			this.application.getBean(HikariGuarding.class).postProcessBeforeInitialization(other, "other");
			try (Connection connection = other.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
			assertThat(other.getKeepaliveTime()).isEqualTo(1_000);
		}
	}

	@Test
	void wrongSettingStopsTheStartWithAWord(CapturedOutput output) {
		assertThatThrownBy(() -> SpringApplication.run(Application.class, "--spring.datasource.url=" + this.url,
				"--connection-guard.eager=false", "--connection-guard.session.data-sources=none"));
		assertThat(output).contains("Give names of data source beans: dataSource.");
	}

	private List<Long> burst() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(POOL);
		try {
			List<Future<Long>> requests = new ArrayList<>();
			for (int i = 0; i < POOL; i++) {
				requests.add(threads.submit(() -> {
					try (Connection connection = this.dataSource.getConnection();
							Statement statement = connection.createStatement()) {
						return id(statement);
					}
				}));
			}
			List<Long> answers = new ArrayList<>();
			for (Future<Long> request : requests) {
				answers.add(request.get());
			}
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private int rows() {
		Integer rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM work", Integer.class);
		return (rows != null) ? rows : -1;
	}

	private static void insert(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.executeUpdate("INSERT INTO work VALUES (1)");
		}
	}

	private static long id(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
			row.next();
			return row.getLong(1);
		}
	}

	private void killAll() throws SQLException {
		this.server.kill(this.pool.ledger()
			.connections()
			.stream()
			.map(PhysicalConnection::facts)
			.filter(Objects::nonNull)
			.map(ServerSessionFacts::connectionId)
			.toList());
	}

	@SpringBootApplication
	static class Application {

		@Bean
		Work work(JdbcTemplate jdbc) {
			return new Work(jdbc);
		}

	}

	static class Work {

		private final JdbcTemplate jdbc;

		Work(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		void insert() {
			this.jdbc.update("INSERT INTO work VALUES (1)");
		}

		@Transactional
		void insertAndFail() {
			insert();
			throw new IllegalStateException("failed");
		}

	}

}
