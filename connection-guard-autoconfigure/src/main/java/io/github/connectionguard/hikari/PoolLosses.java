package io.github.connectionguard.hikari;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.Explanation;
import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.UnexplainedLosses.Explained;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerSessions;
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

	private final UnexplainedLosses unexplained = new UnexplainedLosses();

	private final Map<LossCause, Long> toldCauses = new EnumMap<>(LossCause.class);

	private volatile @Nullable Loss last;

	PoolLosses(GuardedPool pool) {
		this.pool = pool;
	}

	@Nullable Loss last() {
		return this.last;
	}

	/**
	 * Add a loss. First of all the connection is evicted: whoever has it may give it back
	 * at any moment, and the next one would get it.
	 */
	void add(PhysicalConnection connection, ConnectionLoss loss) {
		Explanation first = Explanation.of(loss);
		LossCause cause = first.cause();
		if (cause != LossCause.ABORTED) {
			this.pool.server().suspectChange(); // before the pool opens another one
		}
		this.pool.leases().evict(connection);
		Loss told = new Loss(connection.name(), Instant.now(), cause, first.description());
		this.last = told;
		if (first.isGuess()) {
			this.unexplained.add(connection, loss, this.pool.ledger().now());
		}
		tell(connection, loss, told, first.isGuess() ? "" : remedy(cause));
		if (cause != LossCause.ABORTED) {
			this.pool.server().watch().lookAfter(loss);
		}
		this.pool.ledger().glanceAtAll();
	}

	private void tell(PhysicalConnection connection, ConnectionLoss loss, Loss told, String remedy) {
		Level level = (this.pool.isClosed() || !isNews(told.cause())) ? Level.DEBUG
				: (told.cause() == LossCause.ABORTED) ? Level.INFO : Level.WARN;
		logger.atLevel(level)
			.log("{} - Connection {} is dead: {}{} (further ones of this kind at DEBUG for a minute)", this.pool,
					connection.connection(), told.description(), remedy);
		this.pool.events()
			.publish((name, at) -> new GuardEvent.ConnectionLost(name, at, connection.name(), told.cause(),
					told.description(), loss.idle(), loss.age()));
	}

	/**
	 * Note what the server says before anything is lost.
	 * @param kills how many sessions were killed on it so far, or {@code null} if it does
	 * not tell
	 */
	void begin(@Nullable Long kills) {
		this.unexplained.told(kills);
	}

	/**
	 * Tell whether the server knows why connections were lost that nobody else does.
	 */
	boolean isToBeExplained() {
		return !this.unexplained.isEmpty();
	}

	/**
	 * Note that nobody can reach the server.
	 */
	void serverIsAway() {
		this.unexplained.away(this.pool.ledger().now());
	}

	/**
	 * Note that nobody gets an answer from the server.
	 * @param accepted whether connects are accepted all the same
	 */
	void serverIsSilent(boolean accepted) {
		this.unexplained.silent(this.pool.ledger().now(), accepted);
	}

	/**
	 * Explain what was lost before the server was asked.
	 * @param reading what it said of itself
	 * @param sessions the sessions it has, or empty if nobody knows
	 * @param asked the reading of the ledger's clock before it was asked
	 */
	void explain(ServerReading reading, Optional<ServerSessions> sessions, long asked) {
		tell(this.unexplained.explain(reading, sessions, asked, this.pool.ledger().now()));
	}

	/**
	 * Explain what was lost by the server being in offline mode.
	 */
	void explainByOfflineMode() {
		tell(this.unexplained.explainByOfflineMode());
	}

	/**
	 * Explain what was lost by the account being shut out of the server.
	 * @param code the error with which a login was refused
	 * @param since when that was seen first
	 */
	void explainByRefusal(int code, long since) {
		tell(this.unexplained.explainByRefusal(code, since));
	}

	private void tell(List<Explained> all) {
		Map<LossCause, List<Explained>> byCause = all.stream()
			.collect(Collectors.groupingBy((each) -> each.explanation().cause(), () -> new EnumMap<>(LossCause.class),
					Collectors.toList()));
		byCause.forEach((cause, explained) -> logger.info("{} - Why {} {} lost: {}{}", this.pool, explained.size(),
				(explained.size() == 1) ? "connection was" : "connections were",
				explained.get(0).explanation().description(), remedy(cause)));
		all.forEach(this::tell);
	}

	private void tell(Explained explained) {
		LossCause cause = explained.explanation().cause();
		String description = explained.explanation().description();
		Loss told = this.last;
		if (told != null && told.connection().equals(explained.connection())) {
			this.last = new Loss(told.connection(), told.at(), cause, description);
		}
		this.pool.events()
			.publish((name, at) -> new GuardEvent.LossExplained(name, at, explained.connection(), cause, description));
	}

	private static String remedy(LossCause cause) {
		return (cause.remedy() != null) ? ". To do: " + cause.remedy() : "";
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
