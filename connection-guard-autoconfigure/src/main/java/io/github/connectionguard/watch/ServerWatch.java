package io.github.connectionguard.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.Wire;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolWatch;
import io.github.connectionguard.hikari.Reachability;
import io.github.connectionguard.hikari.Reachability.Status;
import io.github.connectionguard.mysql.ConnectAttempt;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the server of one pool: logs in when there is reason to doubt that it is
 * there or still what it was, and when it has not been heard for long. Logins that get no
 * answer are left waiting while new ones are made; the first to succeed counts for all.
 * <p>
 * What is known of checks is confined to the timer's thread; the rest may be called by
 * any.
 */
public final class ServerWatch implements PoolWatch {

	private static final Logger logger = LoggerFactory.getLogger(ServerWatch.class);

	private static final Duration CALM = Duration.ofMillis(250);

	private static final Duration ALERT = Duration.ofMillis(20);

	/**
	 * How long a ping may go unanswered before somebody looks why.
	 */
	private static final Duration SLOW_PING = Duration.ofMillis(100);

	/**
	 * What a ping that was sent before a login may come later than the login succeeds.
	 */
	private static final Duration GRACE = Duration.ofMillis(50);

	/**
	 * After a refusal to write that meant nothing, others may mean nothing, too.
	 */
	private static final Duration FALSE_ALARM = Duration.ofSeconds(1);

	private static final int MOST_CHECKS = 20;

	private final GuardedPool pool;

	private final ScheduledExecutorService timer;

	private final ExecutorService workers;

	private final boolean monitoring;

	private final CheckRhythm rhythm;

	private final Deque<Check> underWay = new ConcurrentLinkedDeque<>();

	private final AtomicReference<@Nullable Verdict> verdict = new AtomicReference<>();

	private volatile long suspectedAt;

	private volatile long answeredAt;

	private boolean swept;

	private @Nullable Long outageSince;

	/**
	 * Create the watch over the server of a pool.
	 * @param pool the pool
	 * @param monitoring whether to log in when the server has not been heard for long,
	 * although nothing gives rise to suspicion
	 * @param timer the one thread that keeps the time
	 * @param workers where to wait for the server
	 */
	public ServerWatch(GuardedPool pool, boolean monitoring, ScheduledExecutorService timer, ExecutorService workers) {
		this.pool = pool;
		this.monitoring = monitoring;
		this.timer = timer;
		this.workers = workers;
		this.suspectedAt = now();
		this.answeredAt = this.suspectedAt;
		this.rhythm = new CheckRhythm(this.suspectedAt, pool.pingAfter());
	}

	private long now() {
		return this.pool.ledger().now();
	}

	// What gives rise to suspicion

	@Override
	public void pinging(PhysicalConnection connection) {
		this.timer.schedule(() -> {
			Duration unanswered = connection.wire().unanswered();
			if (unanswered.compareTo(SLOW_PING.dividedBy(2)) > 0) {
				sweepSince(now() - unanswered.toNanos(), this.pool.validationTimeout().minus(unanswered));
				suspect();
			}
		}, SLOW_PING.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void lost(ConnectionLoss loss) {
		if (loss.silent()) {
			sweepSince(now(), this.pool.validationTimeout());
		}
		else {
			this.pool.ledger().sweep(Wire::isBlind, this.pool.validationTimeout(), this.workers);
		}
		suspect();
	}

	@Override
	public void connectFailed() {
		suspect();
	}

	@Override
	public void refusedToWrite() {
		Verdict last = this.verdict.get();
		if (last != null && !last.isOver(now())) {
			return;
		}
		if (this.verdict.compareAndSet(last, new Verdict(now()))) {
			suspect();
		}
	}

	@Override
	public void awaitVerdict(Duration limit) {
		Verdict pending = this.verdict.get();
		if (pending != null) {
			pending.await(limit);
		}
	}

	private void suspect() {
		this.suspectedAt = now();
		this.timer.execute(this::look);
	}

	private void sweepSince(long time, Duration limit) {
		if (!limit.isNegative() && !limit.isZero()) {
			this.pool.ledger().sweep((wire) -> !wire.isHeardSince(time), limit, this.workers);
		}
	}

	// When to look

	/**
	 * Look for the server if it is time to. Waits for nothing; to be called on the
	 * timer's thread.
	 * @return how long to wait before the next call
	 */
	public Duration look() {
		if (!this.pool.isStarted() || this.pool.reachability().refused()) {
			return CALM;
		}
		long now = now();
		Duration waiting = longestWait();
		if (this.rhythm.isDue(now, this.suspectedAt, waiting, this.monitoring ? quiet(now) : Duration.ZERO)) {
			this.rhythm.began(now, waiting, isHeardSinceAsked());
			begin(now);
		}
		noteSilence(now);
		return this.rhythm.isAlert() ? ALERT : CALM;
	}

	private Duration longestWait() {
		return wires().map(Wire::waiting).max(Duration::compareTo).orElse(Duration.ZERO);
	}

	/**
	 * Return how long the server was not heard on any connection, zero if there is none:
	 * a pool that has drained is left alone.
	 */
	private Duration quiet(long now) {
		Duration own = Duration.ofNanos(now - this.answeredAt);
		return wires().map(Wire::quiet)
			.min(Duration::compareTo)
			.map((quiet) -> (quiet.compareTo(own) < 0) ? quiet : own)
			.orElse(Duration.ZERO);
	}

	/**
	 * Tell whether the server was heard on a connection of the pool since it was asked
	 * for the first time: then it is there, and only slow to let anybody in.
	 */
	private boolean isHeardSinceAsked() {
		Check oldest = this.underWay.peekFirst();
		return oldest != null && wires().anyMatch((wire) -> wire.isHeardSince(oldest.begin));
	}

	private Stream<Wire> wires() {
		return this.pool.ledger().connections().stream().map(PhysicalConnection::wire);
	}

	private void begin(long now) {
		if (this.underWay.size() == MOST_CHECKS) {
			Check oldest = this.underWay.removeFirst(); // the one that may take its time
			this.underWay.removeFirst().attempt.abandon();
			this.underWay.addFirst(oldest);
		}
		Check check = new Check(now, this.swept || this.outageSince != null);
		this.underWay.addLast(check);
		this.workers.execute(check);
	}

	/**
	 * While nobody answers, idle connections are pinged, and connects wait.
	 */
	private void noteSilence(long now) {
		Check oldest = this.underWay.peekFirst();
		if (oldest == null) {
			return;
		}
		Duration silence = Duration.ofNanos(now - oldest.begin);
		if (silence.compareTo(CheckRhythm.SLOW_LOGIN) > 0 && !this.swept) {
			this.swept = true;
			sweepSince(oldest.begin, this.pool.validationTimeout());
		}
		Duration limit = this.pool.validationTimeout().multipliedBy(2);
		if (silence.compareTo(limit) > 0) {
			this.pool.silent(oldest.begin);
			tellOutage(oldest);
		}
	}

	// What comes of it

	private void answered(Check check, ServerReading reading) {
		this.answeredAt = now();
		this.swept = false;
		this.rhythm.answered(now());
		tellAnswer();
		abandonOlder(check);
		decide(check);
		this.timer.schedule(() -> cutUnanswered(check.begin), GRACE.toNanos(), TimeUnit.NANOSECONDS);
		logger.debug("{} - The server answers: {}", this.pool, reading);
	}

	private void failed(Check check, Exception exception) {
		if (!this.underWay.remove(check)) {
			return; // it was given up
		}
		this.pool.unreachable(exception);
		if (!(exception instanceof SQLException failure) || ConnectionErrors.isServerAway(failure)) {
			if (this.underWay.isEmpty()) {
				this.rhythm.failed(now());
				tellOutage(check);
			}
		}
		else {
			this.rhythm.refused(now());
		}
		decide(check);
		logger.debug("{} - The server could not be asked", this.pool, exception);
	}

	private void tellOutage(Check check) {
		Reachability known = this.pool.reachability();
		if (this.outageSince == null && known.status() == Status.UNREACHABLE) {
			this.outageSince = check.begin;
			logger.info("{} - The server cannot be reached: {}. Connects wait for it", this.pool, known.error());
		}
	}

	private void tellAnswer() {
		Long since = this.outageSince;
		if (since != null) {
			this.outageSince = null;
			logger.info("{} - The server answers again, after {} ms", this.pool,
					TimeUnit.NANOSECONDS.toMillis(now() - since));
		}
	}

	private void abandonOlder(Check answered) {
		this.underWay.remove(answered);
		this.underWay.forEach((check) -> check.attempt.abandon());
		this.underWay.clear();
	}

	private void decide(Check check) {
		Verdict pending = this.verdict.get();
		if (pending != null && pending.since - check.begin <= 0) {
			pending.reached(now());
		}
	}

	/**
	 * The server has answered a login that began after these pings: they will get no
	 * answer.
	 */
	private void cutUnanswered(long begin) {
		Duration since = Duration.ofNanos(now() - begin);
		wires().filter((wire) -> wire.unanswered().compareTo(since) > 0).forEach(Wire::cut);
	}

	/**
	 * Abandon what is under way.
	 */
	public void stop() {
		this.underWay.forEach((check) -> check.attempt.abandon());
	}

	/**
	 * One login to ask the server.
	 */
	private final class Check implements Runnable {

		private final ConnectAttempt attempt = new ConnectAttempt();

		private final long begin;

		private final boolean afterSilence;

		Check(long begin, boolean afterSilence) {
			this.begin = begin;
			this.afterSilence = afterSilence;
		}

		@Override
		public void run() {
			GuardedPool asking = ServerWatch.this.pool;
			try (Connection login = asking.login(this.attempt)) {
				ServerInquiry inquiry = asking.inquire(login);
				ServerReading reading = inquiry.read();
				asking.settle(reading, this.begin);
				ServerWatch.this.timer.execute(() -> answered(this, reading));
				new StuckConnections(asking.ledger(), inquiry, reading).free(this.afterSilence);
			}
			catch (SQLException | RuntimeException ex) {
				ServerWatch.this.timer.execute(() -> failed(this, ex));
			}
		}

	}

	/**
	 * Whether a server that refused to write has become read-only.
	 */
	private static final class Verdict {

		private final CompletableFuture<Long> reached = new CompletableFuture<>();

		private final long since;

		Verdict(long since) {
			this.since = since;
		}

		void reached(long now) {
			this.reached.complete(now);
		}

		boolean isOver(long now) {
			return this.reached.isDone() && now - this.reached.join() > FALSE_ALARM.toNanos();
		}

		void await(Duration limit) {
			if (!this.reached.isDone()) {
				try {
					this.reached.get(limit.toNanos(), TimeUnit.NANOSECONDS);
				}
				catch (TimeoutException | ExecutionException ex) {
					logger.trace("Nobody knows whether the server is read-only", ex);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

}
