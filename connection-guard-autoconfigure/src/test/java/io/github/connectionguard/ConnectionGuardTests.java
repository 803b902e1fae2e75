package io.github.connectionguard;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.hikari.StartedPool;
import io.github.connectionguard.keepalive.KeepaliveSettings;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ConnectionGuard}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConnectionGuardTests {

	private static final String NOBODY = "jdbc:mysql://127.0.0.1:1/down";

	private static final String LIMIT = "&sessionVariables=wait_timeout=60";

	private final TestServer server = TestServer.shared();

	private final PoolCare care = new PoolCare(
			new GuardSettings(new PoolSettings(null, true, Duration.ofSeconds(1), Duration.ofSeconds(10), true, true,
					List.of(), null, false), new KeepaliveSettings(true, Duration.ofMinutes(30))));

	private final ConnectionGuard guard = new ConnectionGuard(this.care);

	private final GuardedPools pools = this.care.pools();

	@BeforeEach
	void start() {
		this.care.start();
	}

	@AfterEach
	void close() {
		this.guard.close();
	}

	@Test
	void poolRunsGuardedFromItsFirstConnectionOn() {
		HikariConfig config = config("first");
		try (HikariDataSource pool = this.guard.guard(config)) {
			assertThat(pool.getHikariPoolMXBean()).isNotNull();
			assertThat(pool.getMaxLifetime()).isEqualTo(54_000);
			assertThat(this.pools.pools()).extracting(GuardedPool::beanName).containsExactly("first");
			GuardedPool guarded = guarded(pool);
			assertThat(guarded.ledger().connections()).isNotEmpty();
			Awaitility.await().until(() -> guarded.ledger().knowsBoundaries());
		}
		Awaitility.await().until(() -> this.pools.pools().isEmpty());
	}

	@Test
	void configurationStaysAsItIs() {
		HikariConfig config = config("kept");
		config.setPoolName(null);
		try (HikariDataSource one = this.guard.guard(config); HikariDataSource other = this.guard.guard(config)) {
			assertThat(config.getPoolName()).isNull();
			assertThat(config.getDataSource()).isNull();
			assertThat(config.getMaxLifetime()).isEqualTo(1_800_000);
			assertThat(one.getPoolName()).startsWith("HikariPool-").isNotEqualTo(other.getPoolName());
			assertThat(this.pools.pools()).extracting(GuardedPool::beanName)
				.containsExactlyInAnyOrder("pool", "pool-2");
		}
	}

	/**
	 * HikariCP would replace it by 30 minutes.
	 */
	@Test
	void lifetimeBelowTheFloorOfThePoolIsWhatTheUserAskedFor() {
		HikariConfig config = config("short");
		config.setMaxLifetime(20_000);
		try (HikariDataSource pool = this.guard.guard(config)) {
			assertThat(pool.getMaxLifetime()).isEqualTo(20_000);
		}
	}

	@Test
	void poolWithoutIdleConnectionsStartsWithNone() {
		HikariConfig config = config("drained");
		config.setMinimumIdle(0);
		try (HikariDataSource pool = this.guard.guard(config)) {
			assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isZero();
			assertThat(guarded(pool).plan()).isNotNull();
		}
	}

	@Test
	void poolThatNeedNotConnectStartsWithoutItsServer() {
		HikariConfig config = config("later");
		config.setJdbcUrl(NOBODY);
		config.setInitializationFailTimeout(-1);
		try (HikariDataSource pool = this.guard.guard(config)) {
			assertThat(guarded(pool).isStarted()).isTrue();
		}
	}

	@Test
	void ofAPoolThatFailsToStartNothingStays() {
		HikariConfig config = config("failed");
		config.setJdbcUrl(NOBODY);
		assertThatExceptionOfType(HikariPool.PoolInitializationException.class)
			.isThrownBy(() -> this.guard.guard(config))
			.withCauseInstanceOf(SQLException.class);
		assertThat(this.pools.pools()).isEmpty();
		try (HikariDataSource pool = this.guard.guard(config("failed"))) {
			assertThat(guarded(pool).beanName()).isEqualTo("failed");
		}
	}

	@Test
	void wrongConfigurationFailsAsWithoutTheGuard() {
		HikariConfig config = new HikariConfig();
		assertThatIllegalArgumentException().isThrownBy(() -> this.guard.guard(config))
			.withMessageContaining("jdbcUrl is required");
		assertThat(this.pools.pools()).isEmpty();
	}

	@Test
	void poolsOfOneNameThatStartTogetherAreToldApart() throws Exception {
		int count = 4;
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			List<Callable<HikariDataSource>> starts = IntStream.range(0, count)
				.<Callable<HikariDataSource>>mapToObj((i) -> () -> this.guard.guard(config("same")))
				.toList();
			List<Future<HikariDataSource>> started = threads.invokeAll(starts);
			assertThat(this.pools.pools()).extracting(GuardedPool::beanName)
				.containsExactlyInAnyOrder("same", "same-2", "same-3", "same-4");
			for (Future<HikariDataSource> pool : started) {
				pool.get().close();
			}
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void poolThatHasNotStartedStaysTheSameAndIsOpened() {
		try (HikariDataSource pool = new HikariDataSource()) {
			config("opened").copyStateTo(pool);
			assertThat(this.guard.guard(pool)).isSameAs(pool);
			assertThat(pool.getHikariPoolMXBean()).isNull();
			Awaitility.await().until(() -> pool.getMaxLifetime() == 54_000);
		}
	}

	@Test
	void poolThatRunsGetsItsTimersAndTellsTheLinesThatGiveItAll(CapturedOutput output) {
		try (HikariDataSource pool = new HikariDataSource(config("running"))) {
			this.guard.guard(pool);
			this.guard.guard(pool);
			Awaitility.await().until(() -> pool.getMaxLifetime() == 54_000);
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("running - This pool was running before")
					.contains("HikariDataSource pool = new HikariDataSource();", "config.copyStateTo(pool);"));
			assertThat(this.pools.startedPools()).extracting(StartedPool::beanName).containsExactly("running");
		}
		Awaitility.await().until(() -> this.pools.startedPools().isEmpty());
	}

	@Test
	void poolToAnotherDatabaseIsLeftAsItIs(CapturedOutput output) throws Exception {
		HikariConfig config = new HikariConfig();
		config.setPoolName("other");
		config.setJdbcUrl("jdbc:h2:mem:other");
		try (HikariDataSource pool = this.guard.guard(config); Connection connection = pool.getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
			assertThat(pool.getDataSource()).isNull();
			assertThat(this.pools.pools()).isEmpty();
			assertThat(output).containsOnlyOnce("other - Left as it is");
		}
	}

	@Test
	void dataSourceOfTheDriverUnderThePoolIsKept() throws Exception {
		MysqlDataSource driver = new MysqlDataSource();
		driver.setUrl(this.server.jdbcUrl("") + LIMIT);
		HikariConfig config = config("object");
		config.setJdbcUrl(null);
		config.setDataSource(driver);
		try (HikariDataSource pool = this.guard.guard(config)) {
			assertThat(pool.getMaxLifetime()).isEqualTo(54_000);
			assertThat(config.getDataSource()).isSameAs(driver);
		}
	}

	@Test
	void closedGuardLeavesPoolsOpenAndMakesOthers() throws Exception {
		try (HikariDataSource before = this.guard.guard(config("before"))) {
			this.guard.close();
			this.guard.close();
			try (HikariDataSource after = this.guard.guard(config("after"));
					Connection one = before.getConnection();
					Connection other = after.getConnection()) {
				assertThat(one.isValid(1)).isTrue();
				assertThat(other.isValid(1)).isTrue();
				assertThat(after.getMaxLifetime()).isEqualTo(54_000);
			}
		}
	}

	@Test
	void builtGuardRunsByItsSettingsAndTellsItsListener() {
		Queue<GuardEvent> told = new ConcurrentLinkedQueue<>();
		try (ConnectionGuard built = ConnectionGuard.builder()
			.networkIdleTimeout(Duration.ofSeconds(30))
			.keepalive(false)
			.listener(told::add)
			.build(); HikariDataSource pool = built.guard(config("built"))) {
			assertThat(pool.getMaxLifetime()).isLessThan(30_000);
			Awaitility.await()
				.untilAsserted(() -> assertThat(told).hasAtLeastOneElementOfType(GuardEvent.ConnectionOpened.class));
		}
	}

	@Test
	void guardThatIsOffChangesNothing() {
		try (ConnectionGuard off = ConnectionGuard.builder().enabled(false).build();
				HikariDataSource pool = off.guard(config("plain"))) {
			assertThat(off.guard(pool)).isSameAs(pool);
			assertThat(pool.getMaxLifetime()).isEqualTo(1_800_000);
			assertThat(pool.getDataSource()).isNull();
		}
	}

	@Test
	void guardThatOnlyReportsChangesNothing() {
		try (ConnectionGuard reporting = ConnectionGuard.builder().reportOnly(true).build();
				HikariDataSource pool = reporting.guard(config("reported"))) {
			assertThat(pool.getMaxLifetime()).isEqualTo(1_800_000);
		}
	}

	@Test
	void settingOutOfRangeIsRefused() {
		ConnectionGuard.Builder builder = ConnectionGuard.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.networkIdleTimeout(Duration.ZERO))
			.withMessage("'networkIdleTimeout' must be between PT1S and PT8760H, but is PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.validationTimeout(Duration.ofMillis(99)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.pingAfter(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxHold(Duration.ofDays(366)));
	}

	private GuardedPool guarded(HikariDataSource pool) {
		GuardedPool guarded = this.pools.find(pool);
		assertThat(guarded).isNotNull();
		return guarded;
	}

	private HikariConfig config(String name) {
		HikariConfig config = new HikariConfig();
		config.setPoolName(name);
		config.setJdbcUrl(this.server.jdbcUrl("") + LIMIT);
		config.setUsername(this.server.username());
		config.setPassword(this.server.password());
		config.setMaximumPoolSize(2);
		return config;
	}

}
