package io.github.connectionguard.connection;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.PoolTimers;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessionReader;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a guard that fails with an error wherever it acts, as one that meets a
 * library it does not know may.
 */
class FailingGuardTests {

	private static final int POOL = 2;

	private final TestServer server = TestServer.shared();

	private final AtomicInteger told = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void poolWorksAsWithoutItAndLosesNoPlace(boolean fromTheStart) throws SQLException {
		try (HikariDataSource pool = pool(failing(fromTheStart))) {
			for (int i = 0; i < 10 * POOL; i++) {
				try (Connection one = pool.getConnection(); Connection other = pool.getConnection()) {
					assertThat(one.isValid(1)).isTrue();
					other.setNetworkTimeout(Runnable::run, 5_000);
					assertThat(query(one, "SELECT 1") + query(other, "SELECT 1")).isEqualTo(2);
				}
			}
			assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isEqualTo(POOL);
		}
		assertThat(this.told).hasPositiveValue();
	}

	@Test
	void deathIsToldAsTheDriverTellsIt() throws SQLException {
		try (HikariDataSource pool = pool(failing(false));
				Connection connection = pool.getConnection();
				Statement statement = connection.createStatement()) {
			this.server.execute("KILL " + query(connection, "SELECT CONNECTION_ID()"));
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).startsWith("08"));
		}
	}

	private FailingPool failing(boolean fromTheStart) {
		return (FailingPool) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { FailingPool.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("guardFailed")) {
						this.told.incrementAndGet();
						return null;
					}
					if (List.of("opened", "retired").contains(method.getName())) {
						return null;
					}
					if (method.getName().equals("read")) {
						return new ServerSessionReader().read((Connection) arguments[0]);
					}
					if (!fromTheStart && method.getName().equals("ready")) {
						((PhysicalConnection) arguments[0])
							.replan(LifetimePlan.of(((ServerSessionFacts) arguments[1]).limits(), null,
									new PoolTimers(Duration.ZERO, Duration.ZERO), true));
						return null;
					}
					throw new NoSuchMethodError(method.getName());
				});
	}

	private HikariDataSource pool(FailingPool failing) throws SQLException {
		HikariDataSource pool = new HikariDataSource();
		DriverDataSource driver = new DriverDataSource(this.server.jdbcUrl(""), null, pool.getDataSourceProperties(),
				this.server.username(), this.server.password());
		ConnectionLedger ledger = new ConnectionLedger(failing, failing, Duration.ZERO, System::nanoTime);
		ledger.noteBoundaries();
		pool.setDataSource(new GuardedMysqlDataSource(() -> driver, failing, ledger));
		pool.setMaximumPoolSize(POOL);
		pool.setConnectionTimeout(2_000);
		return pool;
	}

	private static int query(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getInt(1);
		}
	}

	/**
	 * What a pool does and is told.
	 */
	private interface FailingPool extends OwningPool, ConnectionListener {

	}

}
