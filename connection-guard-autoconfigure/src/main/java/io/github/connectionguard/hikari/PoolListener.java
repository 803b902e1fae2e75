package io.github.connectionguard.hikari;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.connection.ConnectionListener;
import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.PingResult;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.ConnectionRetirement;
import io.github.connectionguard.diagnosis.RetirementCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.lifetime.LifetimePlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to the connections of one pool, brought to whom it concerns. Thread-safe.
 */
final class PoolListener implements ConnectionListener {

	private static final Logger logger = LoggerFactory.getLogger(PoolListener.class);

	private final GuardedPool pool;

	private final AtomicBoolean toldFailure = new AtomicBoolean();

	PoolListener(GuardedPool pool) {
		this.pool = pool;
	}

	@Override
	public void opened(PhysicalConnection connection) {
		this.pool.server().ready();
		this.pool.events().publish((name, at) -> new GuardEvent.ConnectionOpened(name, at, connection.name()));
	}

	@Override
	public void retired(PhysicalConnection connection) {
		ConnectionRetirement retirement = retirement(connection);
		logger.debug("{} - Connection {} was retired: {}", this.pool, connection.connection(), retirement.describe());
		this.pool.events()
			.publish((name, at) -> new GuardEvent.ConnectionRetired(name, at, connection.name(), retirement.cause(),
					retirement.describe(), retirement.age()));
	}

	private ConnectionRetirement retirement(PhysicalConnection connection) {
		if (this.pool.isClosed()) {
			connection.retireFor(RetirementCause.POOL_CLOSED);
		}
		HikariDataSource dataSource = this.pool.dataSource();
		LifetimePlan plan = connection.plan();
		boolean shrinks = dataSource.getMinimumIdle() < dataSource.getMaximumPoolSize();
		return connection.retirement((plan != null) ? plan.maxLifetime() : limit(dataSource.getMaxLifetime()),
				shrinks ? limit(dataSource.getIdleTimeout()) : null);
	}

	private static @Nullable Duration limit(long millis) {
		return (millis > 0) ? Duration.ofMillis(millis) : null;
	}

	@Override
	public void lost(PhysicalConnection connection, ConnectionLoss loss) {
		this.pool.losses().add(connection, loss);
	}

	@Override
	public void connectFailed(Exception exception) {
		this.pool.server().unreachable(exception);
		this.pool.start().failed();
		this.pool.server().watch().connectFailed();
	}

	@Override
	public void commitFailed(boolean unknown) {
		this.pool.events().publish((name, at) -> new GuardEvent.CommitFailed(name, at, unknown));
	}

	@Override
	public void refusedToWrite() {
		this.pool.server().suspectChange();
		this.pool.server().watch().refusedToWrite();
	}

	@Override
	public void pinging(PhysicalConnection connection) {
		this.pool.server().watch().pinging(connection);
	}

	@Override
	public void pinged(PingResult ping) {
		this.pool.events().counts().pinged(ping.took(), ping.alive());
		this.pool.samples().pinged(ping.took());
	}

	@Override
	public void survived(Duration idle) {
		this.pool.planning().survived(idle);
	}

	@Override
	public void dropped(Duration idle, boolean closed) {
		this.pool.planning().dropped(idle, closed, this.pool.ledger().now());
	}

	@Override
	public void guardFailed(Throwable failure) {
		if (this.toldFailure.compareAndSet(false, true)) {
			logger.warn("{} - The guard itself has failed, and the pool works as without it wherever that happens "
					+ "(further ones at DEBUG)", this.pool, failure);
			this.pool.events()
				.publish((name, at) -> new GuardEvent.GuardFailed(name, at, failure.getClass().getName()));
		}
		else {
			logger.debug("{} - The guard itself has failed", this.pool, failure);
		}
	}

}
