package io.github.connectionguard.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.test.Traffic;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lease}.
 */
class LeaseTests {

	private static final int ENOUGH = 200;

	private final TestServer server = TestServer.shared();

	private final ConfigurableApplicationContext application = GuardedApplication.start(this.server,
			this.server.createDatabase(), "spring.datasource.hikari.maximum-pool-size=1");

	private final GuardedPool pool = GuardedApplication.openPool(this.application);

	@AfterEach
	void close() {
		this.application.close();
	}

	/**
	 * Others look on while the connection goes from hand to hand, and is lent by leases
	 * that were used before unless somebody has seen them.
	 */
	@Test
	@Timeout(60)
	void leaseThatWasSeenStaysAsItIs() {
		HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);
		PhysicalConnection connection = this.pool.ledger().connections().iterator().next();
		List<Lease> seen = new ArrayList<>();
		Set<String> told = new LinkedHashSet<>();
		try (Traffic traffic = Traffic.of(2, () -> dataSource.getConnection().close())) {
			while (seen.size() < ENOUGH) {
				Thread.yield();
				Lease lease = connection.lease();
				if (lease != null && !told.contains(tell(lease))) {
					seen.add(lease);
					told.add(tell(lease));
				}
			}
			assertThat(traffic.failures()).isEmpty();
		}
		assertThat(seen).hasSize(ENOUGH).doesNotHaveDuplicates();
		assertThat(seen.stream().map(LeaseTests::tell)).containsExactlyElementsOf(told);
		assertThat(seen).allMatch(Lease::hasEnded);
	}

	/**
	 * The pool does not ask about what was given back a moment ago, and nobody reads the
	 * clock before the connection is used.
	 */
	@Test
	void leaseOfWhatWasLentUnaskedHasBegunWhenItIsUsed() throws SQLException {
		HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);
		PhysicalConnection physical = this.pool.ledger().connections().iterator().next();
		dataSource.getConnection().close();
		long before = this.pool.ledger().now();
		try (Connection connection = dataSource.getConnection()) {
			connection.setReadOnly(true);
			long after = this.pool.ledger().now();
			Lease lease = Objects.requireNonNull(physical.lease());
			assertThat(lease.heldFor(after)).isBetween(Duration.ZERO, Duration.ofNanos(after - before));
		}
		assertThat(physical.lease()).isNull();
	}

	@Test
	void leaseThatSomebodyLooksAtHasBegun() throws SQLException {
		HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);
		PhysicalConnection physical = this.pool.ledger().connections().iterator().next();
		dataSource.getConnection().close();
		long before = this.pool.ledger().now();
		try (Connection connection = dataSource.getConnection()) {
			Lease lease = Objects.requireNonNull(physical.lease());
			Duration held = lease.heldFor(this.pool.ledger().now());
			connection.setReadOnly(true);
			long now = this.pool.ledger().now();
			assertThat(lease.heldFor(now)).isBetween(held, Duration.ofNanos(now - before));
		}
	}

	@Test
	void threadThatHasGivenBackWhatItBorrowedHoldsNothing() throws SQLException {
		HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);
		long before = Lease.borrowsOfThread();
		assertThat(Lease.mayBeHeldByThread(before)).isFalse();
		try (Connection connection = dataSource.getConnection()) {
			connection.setReadOnly(true);
			assertThat(Lease.mayBeHeldByThread(before)).isTrue();
			assertThat(Lease.mayBeHeldByThread(Lease.borrowsOfThread())).isFalse();
			assertThat(this.pool.leases().heldByThread(before)).hasSize(1);
		}
		assertThat(Lease.mayBeHeldByThread(before)).isFalse();
	}

	@Test
	void threadThatHasBorrowedAnotherOneSinceHoldsTheFirst() throws SQLException {
		try (ConfigurableApplicationContext two = GuardedApplication.start(this.server, this.server.createDatabase(),
				"spring.datasource.hikari.maximum-pool-size=2")) {
			HikariDataSource dataSource = two.getBean(HikariDataSource.class);
			GuardedPool ofTwo = GuardedApplication.openPool(two);
			long before = Lease.borrowsOfThread();
			try (Connection connection = dataSource.getConnection()) {
				connection.setReadOnly(true);
				long since = Lease.borrowsOfThread();
				dataSource.getConnection().close();
				assertThat(ofTwo.leases().heldByThread(before)).hasSize(1);
				assertThat(Lease.mayBeHeldByThread(since)).isFalse();
			}
			assertThat(ofTwo.leases().heldByThread(before)).isEmpty();
		}
	}

	@Test
	void threadHoldsNothingThatAnotherOneGaveBackOrBorrowed() throws Exception {
		HikariDataSource dataSource = this.application.getBean(HikariDataSource.class);
		long before = Lease.borrowsOfThread();
		Connection handedOver = dataSource.getConnection();
		CompletableFuture.runAsync(() -> JdbcUtils.closeConnection(handedOver)).get();
		assertThat(Lease.mayBeHeldByThread(before)).isFalse();
		try (Connection connection = CompletableFuture.supplyAsync(() -> DataSourceUtils.getConnection(dataSource))
			.get()) {
			connection.setReadOnly(true);
			assertThat(Lease.mayBeHeldByThread(before)).isFalse();
		}
	}

	private static String tell(Lease lease) {
		return lease.holder().getName() + " " + lease.borrow() + " " + lease.heldFor(0);
	}

}
