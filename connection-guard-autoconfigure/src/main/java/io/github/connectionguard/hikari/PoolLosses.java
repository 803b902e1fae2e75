package io.github.connectionguard.hikari;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.report.Loss;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The deaths of one pool's connections, each of which is news for all of them: it is
 * told, the dead is evicted, the others are looked at, and the server is looked after.
 * Thread-safe.
 */
final class PoolLosses {

	private static final Logger logger = LoggerFactory.getLogger(PoolLosses.class);

	/**
	 * How long one line in the log is enough for losses of one kind.
	 */
	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final GuardedPool pool;

	private final Map<LossCause, Long> toldCauses = new EnumMap<>(LossCause.class);

	private volatile @Nullable Loss last;

	PoolLosses(GuardedPool pool) {
		this.pool = pool;
	}

	@Nullable Loss last() {
		return this.last;
	}

	void add(PhysicalConnection connection, ConnectionLoss loss) {
		LossCause cause = LossCause.of(loss);
		Loss told = new Loss(Instant.now(), cause, cause.describe(loss));
		this.last = told;
		tell(connection, told);
		this.pool.leases().evict(connection);
		if (cause != LossCause.ABORTED) {
			this.pool.server().suspectChange();
			this.pool.server().watch().lookAfter(loss);
		}
		this.pool.ledger().glanceAtAll();
	}

	private void tell(PhysicalConnection connection, Loss loss) {
		Level level = (this.pool.isClosed() || !isNews(loss.cause())) ? Level.DEBUG
				: (loss.cause() == LossCause.ABORTED) ? Level.INFO : Level.WARN;
		logger.atLevel(level)
			.log("{} - Connection {} is dead: {} (further ones of this kind at DEBUG for a minute)", this.pool,
					connection.connection(), loss.description());
		this.pool.events()
			.publish((name, at) -> new GuardEvent.ConnectionLost(name, at, connection.name(), loss.cause(),
					loss.description()));
	}

	private boolean isNews(LossCause cause) {
		long now = this.pool.ledger().now();
		synchronized (this.toldCauses) {
			Long told = this.toldCauses.get(cause);
			boolean news = told == null || now - told > SILENCE.toNanos();
			if (news) {
				this.toldCauses.put(cause, now);
			}
			return news;
		}
	}

}
