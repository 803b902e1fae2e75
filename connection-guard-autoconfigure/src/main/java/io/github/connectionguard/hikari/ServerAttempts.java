package io.github.connectionguard.hikari;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.connectionguard.connection.ConnectionLedger;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.LoginRefusal;
import io.github.connectionguard.report.Reachability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has come of the attempts to reach the server of one pool, whoever made them.
 * Thread-safe.
 */
final class ServerAttempts {

	private static final Logger logger = LoggerFactory.getLogger(ServerAttempts.class);

	private final GuardedPool pool;

	private final ConnectionLedger ledger;

	private final Map<LoginRefusal, Long> toldRefusals = new ConcurrentHashMap<>();

	private volatile Reachability last = Reachability.UNKNOWN;

	private volatile Instant unreachableSince = Instant.EPOCH;

	ServerAttempts(GuardedPool pool) {
		this.pool = pool;
		this.ledger = pool.ledger();
	}

	/**
	 * Return the outcome of the last attempt, unless a connection was heard since.
	 */
	Reachability outcome() {
		Reachability known = this.last;
		if (known.status() != Reachability.Status.UNREACHABLE) {
			return known;
		}
		return isHeardSince(known.at()) ? Reachability.reached(this.ledger.now()) : known;
	}

	private boolean isHeardSince(long time) {
		return this.ledger.connections()
			.stream()
			.anyMatch((connection) -> !connection.isLost() && connection.wire().isHeardSince(time));
	}

	/**
	 * Return since when the server cannot be reached, or could not when that was so last.
	 */
	Instant unreachableSince() {
		return this.unreachableSince;
	}

	/**
	 * Tell whether logins were refused since somebody could log in last.
	 */
	boolean areRefused() {
		return !this.toldRefusals.isEmpty();
	}

	void succeeded() {
		this.last = Reachability.reached(this.ledger.now());
	}

	void refusedNoMore() {
		this.toldRefusals.clear();
	}

	/**
	 * Note that nobody could log in. A server that is too busy to let anybody in is there
	 * for those who are.
	 */
	void failed(Exception exception) {
		Reachability failed = Reachability.failed(this.ledger.now(), exception);
		boolean busy = exception instanceof SQLException failure && !ConnectionErrors.isServerAway(failure)
				&& !failed.refused();
		if (!busy || this.ledger.connections().isEmpty()) {
			away(failed);
		}
		if (!busy && !failed.refused()) {
			this.pool.losses().serverIsAway();
		}
		LoginRefusal.of(exception).ifPresent((refusal) -> tellRefusal(refusal, refusal.code(exception)));
	}

	private void tellRefusal(LoginRefusal refusal, int code) {
		long now = this.ledger.now();
		Long first = this.toldRefusals.putIfAbsent(refusal, now);
		if (first == null) {
			logger.warn("{} - Logins are refused: {}", this.pool, refusal.meaning());
			this.pool.events().publish((name, at) -> new GuardEvent.LoginsRefused(name, at, refusal.meaning()));
		}
		if (refusal == LoginRefusal.OFFLINE) {
			this.pool.losses().explainByOfflineMode();
		}
		else if (refusal.isOfAccount()) {
			this.pool.losses().explainByRefusal(code, (first != null) ? first : now);
		}
	}

	/**
	 * Note that the server does not answer at all, unless it was heard meanwhile.
	 */
	void unanswered(long since, boolean accepted) {
		if (!isHeardSince(since)) {
			away(Reachability.silent(since));
			this.pool.losses().serverIsSilent(accepted);
		}
	}

	private void away(Reachability failed) {
		if (outcome().status() != Reachability.Status.UNREACHABLE) {
			this.unreachableSince = this.ledger.moment(failed.at());
		}
		this.last = failed;
	}

}
