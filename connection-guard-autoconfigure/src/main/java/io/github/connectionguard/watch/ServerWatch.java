package io.github.connectionguard.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.Wire;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.driver.ConnectAttempt;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolWatch;
import io.github.connectionguard.hikari.Reachability;
import io.github.connectionguard.hikari.Reachability.Status;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.watch.CheckRhythm.Logins;
import io.github.connectionguard.watch.CheckRhythm.Reasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the server of one pool: logs in when there is reason to doubt that it is
 * there or still what it was, and when it has not been heard for long. Logins that get no
 * answer are left waiting while new ones are made, as the {@link LoginBudget} allows; the
 * first to succeed counts for all.
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
	 * A login that takes longer than this may never come to an end.
	 */
	private static final Duration SLOW_LOGIN = Duration.ofMillis(500);

	/**
	 * After one login was answered, all others under way are within this time.
	 */
	private static final Duration LATE = Duration.ofSeconds(1);

	private final GuardedPool pool;

	private final SameServer server;

	private final ScheduledExecutorService timer;

	private final ExecutorService workers;

	private final boolean monitoring;

	private final CheckRhythm rhythm;

	private final Deque<Check> underWay = new ConcurrentLinkedDeque<>();

	private final RefusedWrites refusedWrites = new RefusedWrites();

	private volatile long suspectedAt;

	private volatile long answeredAt;

	private final StuckConnections stuck;

	private boolean swept;

	private boolean toldSlow;

	private long askedAt;

	private @Nullable Long outageSince;

	/**
	 * Create the watch over the server of a pool.
	 * @param pool the pool
	 * @param server the watches over the same server, of which this becomes one
	 * @param monitoring whether to log in when the server has not been heard for long,
	 * although nothing gives rise to suspicion
	 * @param timer the one thread that keeps the time
	 * @param workers where to wait for the server
	 */
	public ServerWatch(GuardedPool pool, SameServer server, boolean monitoring, ScheduledExecutorService timer,
			ExecutorService workers) {
		this.pool = pool;
		this.server = server;
		this.monitoring = monitoring;
		this.timer = timer;
		this.workers = workers;
		this.suspectedAt = now();
		this.answeredAt = this.suspectedAt;
		this.stuck = new StuckConnections(pool.ledger());
		this.rhythm = new CheckRhythm(this.suspectedAt, pool.pingAfter());
		server.add(this);
	}

	private long now() {
		return this.pool.ledger().now();
	}

	/**
	 * Return how long to wait for what takes a round trip.
	 * @param least how long on the fastest path
	 */
	private Duration limit(Duration least) {
		return this.pool.ledger().roundTrip().limit(least);
	}

	// What gives rise to suspicion

	@Override
	public void pinging(PhysicalConnection connection) {
		Duration slow = limit(SLOW_PING);
		this.timer.schedule(() -> {
			Duration unanswered = connection.wire().unanswered();
			if (unanswered.compareTo(slow.dividedBy(2)) > 0) {
				this.pool.ledger().doubt();
				sweepSince(now() - unanswered.toNanos());
				suspect();
			}
		}, slow.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void lost(ConnectionLoss loss) {
		if (loss.silent()) {
			sweepSince(now());
		}
		else {
			this.pool.ledger().sweep(Wire::isBlind, this.pool.pingLimit(), this.workers);
		}
		suspect();
	}

	@Override
	public void connectFailed() {
		suspect();
	}

	@Override
	public void refusedToWrite() {
		if (this.refusedWrites.isQuestion(now())) {
			suspect();
		}
	}

	@Override
	public void awaitVerdict(Duration limit) {
		this.refusedWrites.await(limit);
	}

	private void suspect() {
		this.suspectedAt = now();
		this.timer.execute(this::look);
	}

	private void suspectAt(long time) {
		this.timer.schedule(this::suspect, time - now(), TimeUnit.NANOSECONDS);
	}

	private void sweepSince(long time) {
		this.pool.ledger().sweep((wire) -> !wire.isHeardSince(time), this.pool.pingLimit(), this.workers);
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
		Logins logins = logins();
		Reasons reasons = new Reasons(this.suspectedAt, waiting, this.monitoring ? quiet(now) : Duration.ZERO,
				this.server.isWaitedFor(), isHeardSinceAsked(now));
		boolean asked = this.server.isAskedByAnother(this);
		if (!asked && this.rhythm.isDue(now, reasons, logins, this.pool.ledger().roundTrip())) {
			this.rhythm.began(now, waiting, logins);
			begin(now);
		}
		else if (!asked && logins == Logins.NONE && !this.rhythm.isDueSoon(now, reasons)) {
			this.refusedWrites.leftOpen(now);
		}
		noteSilence(now);
		tellSlowPath();
		boolean alert = asked || isLooking();
		if (!alert && wires().noneMatch((wire) -> wire.unanswered().compareTo(limit(SLOW_PING)) > 0)) {
			this.pool.ledger().trust();
		}
		return alert ? ALERT : CALM;
	}

	private void tellSlowPath() {
		if (!this.toldSlow && this.pool.isPathSlow()) {
			this.toldSlow = true;
			logger.info("{} - The server takes {} ms to answer, longer than connection-guard.validation.timeout, and "
					+ "is given more time", this.pool, this.pool.ledger().roundTrip().smoothed().toMillis());
		}
	}

	/**
	 * Tell whether a login is under way, or the last one has failed.
	 */
	boolean isLooking() {
		return !this.pool.isClosed() && (!this.underWay.isEmpty() || this.rhythm.isAway());
	}

	/**
	 * Tell whether somebody waits for an answer or for a connection, other than the guard
	 * itself.
	 */
	boolean isWaitedFor() {
		return this.pool.snapshot().waiting() > 0 || this.pool.ledger()
			.connections()
			.stream()
			.anyMatch((connection) -> connection.isLent() && !connection.wire().waiting().isZero());
	}

	/**
	 * Tell what is under way. Connects that are older than one with an answer are not
	 * waited for.
	 */
	private Logins logins() {
		Check newest = this.underWay.peekLast();
		if (newest == null) {
			return Logins.NONE;
		}
		if (!newest.attempt.isConnected()) {
			return Logins.CONNECTING;
		}
		abandon((check) -> !check.attempt.isConnected());
		return Logins.CONNECTED;
	}

	private void abandon(Predicate<Check> which) {
		this.underWay.removeIf((check) -> {
			boolean found = which.test(check);
			if (found) {
				check.attempt.abandon();
			}
			return found;
		});
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
	 * Tell whether the server was heard since it was asked for the first time, and since
	 * anybody began to wait for it: then it is there, and only slow to let anybody in.
	 */
	private boolean isHeardSinceAsked(long now) {
		Check oldest = this.underWay.peekFirst();
		return oldest != null && isHeardSince(now - Math.min(now - oldest.begin, shortestLongWait()));
	}

	private long shortestLongWait() {
		long least = limit(SLOW_LOGIN).toNanos();
		return this.server.watches()
			.flatMap(ServerWatch::wires)
			.mapToLong((wire) -> wire.waiting().toNanos())
			.filter((wait) -> wait > least)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private boolean isHeardSince(long time) {
		return this.underWay.stream().anyMatch((check) -> check.attempt.isHeardSince(time))
				|| this.server.watches().flatMap(ServerWatch::wires).anyMatch((wire) -> wire.isHeardSince(time));
	}

	private Stream<Wire> wires() {
		return this.pool.ledger().connections().stream().map(PhysicalConnection::wire);
	}

	private void begin(long now) {
		List<Check> connecting = this.underWay.stream().filter((check) -> !check.attempt.isConnected()).toList();
		if (connecting.size() >= LoginBudget.MOST_CONNECTING) {
			Check oldest = connecting.get(0);
			abandon((check) -> check == oldest);
		}
		Check check = new Check(now);
		if (this.underWay.isEmpty()) {
			this.askedAt = now;
		}
		this.underWay.addLast(check);
		this.workers.execute(check);
	}

	/**
	 * While nobody answers, idle connections are pinged, and connects wait.
	 */
	private void noteSilence(long now) {
		if (this.underWay.isEmpty()) {
			return;
		}
		if (isSilent(now, limit(SLOW_PING))) {
			this.server.watches().forEach((watch) -> watch.pool.ledger().doubt());
		}
		if (isSilent(now, limit(SLOW_LOGIN)) && !this.swept) {
			this.swept = true;
			this.server.watches().forEach((watch) -> watch.sweepSince(this.askedAt));
		}
		if (isSilent(now, this.pool.validationTimeout().multipliedBy(2))) {
			this.server.watches().forEach((watch) -> watch.silent(this.askedAt));
		}
	}

	private void silent(long asked) {
		this.pool.silent(asked);
		tellOutage(asked);
	}

	/**
	 * Tell whether the server has been asked for some time and was not heard in it.
	 */
	private boolean isSilent(long now, Duration time) {
		long begin = now - time.toNanos();
		return this.askedAt - begin < 0 && !isHeardSince(begin);
	}

	// What comes of it

	private void answered(Check check, ServerReading reading, boolean moved) {
		if (this.swept || this.outageSince != null) {
			this.server.forOthers(this, ServerWatch::suspect);
		}
		this.answeredAt = now();
		this.swept = false;
		this.rhythm.answered(now());
		tellAnswer();
		forgetOlder(check);
		this.refusedWrites.lookedInto(check.begin, now(), moved);
		this.timer.schedule(() -> cutUnanswered(check.begin), limit(GRACE).toNanos(), TimeUnit.NANOSECONDS);
		logger.debug("{} - The server answers: {}", this.pool, reading);
	}

	private void failed(Check check, Exception exception) {
		if (!this.underWay.remove(check)) {
			return; // it was given up
		}
		this.pool.unreachable(exception);
		if (!(exception instanceof SQLException failure) || ConnectionErrors.isServerAway(failure)) {
			if (this.underWay.isEmpty()) {
				noteAway(check, exception);
				tellOutage(check.begin);
				this.server.forOthers(this, (other) -> other.isAway(check.begin, exception));
			}
		}
		else {
			this.rhythm.refused(now());
		}
		this.refusedWrites.lookedInto(check.begin, now(), false);
		logger.debug("{} - The server could not be asked", this.pool, exception);
	}

	/**
	 * Another one could not reach the server.
	 */
	private void isAway(long asked, Exception exception) {
		if (!isHeardSince(asked)) {
			this.pool.unreachable(exception);
			tellOutage(asked);
			suspect();
		}
	}

	private void noteAway(Check check, Exception exception) {
		boolean waited = Duration.ofNanos(now() - check.begin).compareTo(LATE) > 0;
		if (exception instanceof SQLException failure && failure.getErrorCode() > 0) {
			this.rhythm.turnedAway(now());
		}
		else {
			this.rhythm.failed(now(), waited && check.attempt.isConnected());
		}
	}

	private void tellOutage(long asked) {
		Reachability known = this.pool.reachability();
		if (this.outageSince == null && known.status() == Status.UNREACHABLE && !isHeardSince(asked)) {
			this.outageSince = asked;
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

	/**
	 * Wait for no other login. Those that the server knows of are left to end in good
	 * order, which it does not count, unless it does not know of them after all.
	 */
	private void forgetOlder(Check answered) {
		this.underWay.remove(answered);
		abandon((check) -> !check.attempt.isConnected());
		List<Check> left = List.copyOf(this.underWay);
		left.forEach((check) -> check.overtaken = true);
		this.underWay.clear();
		this.timer.schedule(() -> {
			left.forEach((check) -> check.attempt.abandon());
			this.server.watches().forEach((watch) -> watch.pool.abandonConnectsBefore(answered.begin));
		}, limit(LATE).toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * The server has answered a login that began after these pings: they will get no
	 * answer.
	 */
	private void cutUnanswered(long begin) {
		Duration since = Duration.ofNanos(now() - begin);
		wires().forEach((wire) -> wire.cutPing(since));
	}

	/**
	 * Abandon what is under way.
	 */
	public void stop() {
		this.server.remove(this);
		this.underWay.forEach((check) -> check.attempt.abandon());
	}

	/**
	 * One login to ask the server.
	 */
	private final class Check implements Runnable {

		private final ConnectAttempt attempt = new ConnectAttempt();

		private final long begin;

		private volatile boolean overtaken;

		Check(long begin) {
			this.begin = begin;
		}

		@Override
		public void run() {
			GuardedPool asking = ServerWatch.this.pool;
			try (Connection login = asking.login(this.attempt)) {
				ServerWatch.this.server.watches().forEach((watch) -> watch.pool.reached());
				if (!this.overtaken) {
					ask(asking.inquire(login));
				}
			}
			catch (SQLException | RuntimeException ex) {
				ServerWatch.this.timer.execute(() -> failed(this, ex));
			}
			catch (LinkageError ex) {
				ServerWatch.this.timer.execute(() -> failed(this, new IllegalStateException(ex)));
			}
		}

		private void ask(ServerInquiry inquiry) throws SQLException {
			ServerReading reading = inquiry.read();
			boolean changed = ServerWatch.this.pool.settle(reading, this.begin);
			boolean moved = changed && reading.isWritable();
			ServerWatch.this.timer.execute(() -> answered(this, reading, moved));
			ServerWatch.this.stuck.free(inquiry, reading).ifPresent(ServerWatch.this::suspectAt);
		}

	}

}
