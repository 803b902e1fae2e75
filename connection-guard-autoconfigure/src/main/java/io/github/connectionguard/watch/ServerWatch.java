package io.github.connectionguard.watch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.connection.Wire;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.PoolWatch;
import io.github.connectionguard.lifetime.Durations;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.report.Reachability.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the server of one pool: logs in when there is reason to doubt that it is
 * there or still what it was, and when it has not been heard for long and no connection
 * can ask it. Logins that get no answer are left waiting while new ones are made, as the
 * {@link LoginBudget} allows; the first to succeed counts for all.
 * <p>
 * What is known of checks is confined to the timer's thread; any may call the rest.
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
	 * However soon connections are pinged when they are lent.
	 */
	private static final Duration SHORT_QUIET = Duration.ofSeconds(1);

	/**
	 * What a ping that was sent before a login may come later than the login succeeds.
	 */
	private static final Duration GRACE = Duration.ofMillis(50);

	/**
	 * A login that takes longer than this may never come to an end.
	 */
	private static final Duration SLOW_LOGIN = Duration.ofMillis(500);

	/**
	 * After one login was answered, all others under way are within this time, unless the
	 * server has just been started.
	 */
	private static final Duration LATE = Duration.ofSeconds(1);

	private final GuardedPool pool;

	private final SameServer server;

	private final ScheduledExecutorService timer;

	private final ExecutorService workers;

	private final boolean monitoring;

	private final CheckRhythm rhythm;

	private final PoolPath path;

	private final ChecksUnderWay underWay = new ChecksUnderWay();

	private final RefusedWrites refusedWrites = new RefusedWrites();

	private volatile long suspectedAt;

	private volatile long answeredAt;

	private final StuckConnections stuck;

	private boolean swept;

	private long askedAt;

	private final Outage outage;

	/**
	 * Create the watch over the server of a pool.
	 * @param pool the pool
	 * @param server the watches over the same server, of which this becomes one
	 * @param monitoring whether to ask the server when it has not been heard for long,
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
		this.outage = new Outage(pool);
		this.path = new PoolPath(pool);
		this.rhythm = new CheckRhythm(this.suspectedAt, quietLimit());
		server.add(this);
	}

	private long now() {
		return this.pool.ledger().now();
	}

	// What gives rise to suspicion

	@Override
	public void pinging(PhysicalConnection connection) {
		Duration slow = this.path.limit(SLOW_PING);
		this.timer.schedule(() -> {
			Duration unanswered = connection.wire().pings().unanswered();
			if (unanswered.compareTo(slow.dividedBy(2)) > 0) {
				this.path.tellLate(connection, unanswered);
				this.pool.ledger().doubt();
				sweepSince(now() - unanswered.toNanos());
				if (!this.rhythm.isAway() && !this.rhythm.isLettingIn(now())) {
					suspect();
				}
			}
		}, slow.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void lookAfter(ConnectionLoss loss) {
		if (loss.silent()) {
			sweepSince(now());
		}
		else {
			this.path.sweep(Wire::isBlind, this.workers);
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
	public void awaitVerdict() {
		if (this.refusedWrites.isLookedInto()) {
			this.refusedWrites.await(this.pool.server().validationTimeout());
		}
	}

	private void suspect() {
		this.suspectedAt = now();
		this.timer.execute(this::look);
	}

	private void suspectAt(long time) {
		this.timer.schedule(this::suspect, time - now(), TimeUnit.NANOSECONDS);
	}

	private void sweepSince(long time) {
		this.path.sweep((wire) -> !wire.isHeardSince(time), this.workers);
	}

	// When to look

	/**
	 * Look for the server if it is time to. Waits for nothing; to be called on the
	 * timer's thread.
	 * @return how long to wait before the next call
	 */
	public Duration look() {
		if (!this.pool.isStarted() || this.pool.server().reachability().refused()) {
			return CALM;
		}
		long now = now();
		Duration waiting = this.path.longestWait();
		Logins logins = this.underWay.logins();
		CheckReasons reasons = new CheckReasons(this.suspectedAt, waiting,
				this.monitoring ? quiet(Duration.ofNanos(now - this.answeredAt)) : Duration.ZERO,
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
		this.path.tellIfSlow();
		boolean alert = asked || isLooking();
		if (!alert && !this.path.isPingLate(this.path.limit(SLOW_PING))) {
			this.pool.ledger().trust();
		}
		return alert ? ALERT : CALM;
	}

	private Duration quietLimit() {
		return Durations.max(this.pool.server().pingAfter(), SHORT_QUIET);
	}

	/**
	 * Return how long the server has not been heard, unless a connection can ask it: a
	 * ping that gets no answer is suspicion enough, and costs the server less.
	 */
	private Duration quiet(Duration own) {
		Duration quiet = this.path.quiet(own);
		Duration overdue = quiet.minus(quietLimit());
		boolean soon = overdue.compareTo(this.pool.server().pingLimit()) < 0;
		return (!overdue.isNegative() && soon && this.path.pingOne(this.workers)) ? Duration.ZERO : quiet;
	}

	/**
	 * Tell whether a login is under way, or the last one has failed.
	 */
	boolean isLooking() {
		return !this.pool.isClosed() && (!this.underWay.isEmpty() || this.rhythm.isAway());
	}

	PoolPath path() {
		return this.path;
	}

	/**
	 * Tell whether the server was heard since it was asked for the first time, and since
	 * anybody began to wait for it: then it is there, and only slow to let anybody in.
	 */
	private boolean isHeardSinceAsked(long now) {
		Check oldest = this.underWay.oldest();
		return oldest != null && isHeardSince(now - Math.min(now - oldest.begin(), shortestLongWait()));
	}

	private long shortestLongWait() {
		long least = this.path.limit(SLOW_LOGIN).toNanos();
		return this.server.wires()
			.mapToLong((wire) -> wire.waiting().toNanos())
			.filter((wait) -> wait > least)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private boolean isHeardSince(long time) {
		return this.underWay.isHeardSince(time) || this.server.wires().anyMatch((wire) -> wire.isHeardSince(time));
	}

	private void begin(long now) {
		Check check = new Check(now);
		if (this.underWay.isEmpty()) {
			this.askedAt = now;
		}
		this.underWay.add(check);
		this.pool.events().counts().loginBegan();
		this.workers.execute(() -> ask(check));
	}

	/**
	 * While nobody answers, idle connections are pinged, and connects wait.
	 */
	private void noteSilence(long now) {
		if (this.underWay.isEmpty()) {
			return;
		}
		if (isSilent(now, this.path.limit(SLOW_PING))) {
			this.server.watches().forEach((watch) -> watch.pool.ledger().doubt());
		}
		if (isSilent(now, this.path.limit(SLOW_LOGIN)) && !this.swept) {
			this.swept = true;
			this.server.watches().forEach((watch) -> watch.sweepSince(this.askedAt));
		}
		if (isSilent(now, this.pool.server().validationTimeout().multipliedBy(2))) {
			boolean accepted = this.underWay.isAccepted(now - SLOW_LOGIN.toNanos());
			this.server.watches().forEach((watch) -> watch.silent(this.askedAt, accepted));
		}
	}

	private void silent(long asked, boolean accepted) {
		this.pool.server().silent(asked, accepted);
		noteOutage(asked);
	}

	private void noteOutage(long asked) {
		Reachability known = this.pool.server().reachability();
		if (!this.outage.isOn() && known.status() == Status.UNREACHABLE && !isHeardSince(asked)) {
			this.outage.begin(asked, known.error());
		}
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
		if (this.swept || this.outage.isOn()) {
			this.server.forOthers(this, ServerWatch::suspect);
		}
		this.answeredAt = now();
		this.swept = false;
		this.rhythm.answered(now(), reading.uptime());
		this.outage.end();
		forgetOlder(check);
		this.refusedWrites.lookedInto(check.begin(), now(), moved);
		this.timer.schedule(() -> this.path.cutPingsBefore(check.begin()), this.path.limit(GRACE).toNanos(),
				TimeUnit.NANOSECONDS);
		logger.debug("{} - The server answers: {}", this.pool, reading);
	}

	private void failed(Check check, Exception exception) {
		if (!this.underWay.remove(check)) {
			return; // it was given up
		}
		this.pool.server().unreachable(exception);
		if (!(exception instanceof SQLException failure) || ConnectionErrors.isServerAway(failure)) {
			if (this.underWay.isEmpty()) {
				noteAway(check, exception);
				noteOutage(check.begin());
				this.server.forOthers(this, (other) -> other.isAway(check.begin(), exception));
			}
		}
		else {
			this.rhythm.refused(now());
		}
		this.refusedWrites.lookedInto(check.begin(), now(), false);
		logger.debug("{} - The server could not be asked", this.pool, exception);
	}

	/**
	 * Another one could not reach the server.
	 */
	private void isAway(long asked, Exception exception) {
		if (!isHeardSince(asked)) {
			this.pool.server().unreachable(exception);
			noteOutage(asked);
			suspect();
		}
	}

	private void noteAway(Check check, Exception exception) {
		boolean waited = Duration.ofNanos(now() - check.begin()).compareTo(LATE) > 0;
		if (exception instanceof SQLException failure && failure.getErrorCode() > 0) {
			this.rhythm.turnedAway(now());
		}
		else {
			this.rhythm.failed(now(), waited && check.attempt().isConnected());
		}
	}

	/**
	 * Wait for no other login. Those that were left to end in good order are abandoned if
	 * the server does not know of them after all.
	 */
	private void forgetOlder(Check answered) {
		List<Check> left = this.underWay.overtake(answered);
		Duration late = this.rhythm.isLettingIn(now()) ? LoginBudget.afterStart(this.pool.ledger().roundTrip())
				: this.path.limit(LATE);
		this.timer.schedule(() -> {
			left.forEach((check) -> check.attempt().abandon());
			this.server.watches().forEach((watch) -> watch.pool.server().abandonConnectsBefore(answered.begin()));
		}, late.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Abandon what is under way.
	 */
	public void stop() {
		this.server.remove(this);
		this.underWay.abandon();
	}

	// One login

	private void ask(Check check) {
		try (Connection login = this.pool.server().login(check.attempt())) {
			this.server.watches().forEach((watch) -> watch.pool.server().reached());
			if (!check.isOvertaken()) {
				ask(check, this.pool.server().inquire(login));
			}
		}
		catch (SQLException | RuntimeException ex) {
			this.timer.execute(() -> failed(check, ex));
		}
		catch (LinkageError ex) {
			this.timer.execute(() -> failed(check, new IllegalStateException(ex)));
		}
	}

	private void ask(Check check, ServerInquiry inquiry) throws SQLException {
		long asked = now(); // losses while the login took its time are explained, too
		ServerReading reading = inquiry.read();
		boolean changed = this.pool.server().settle(reading, check.begin());
		this.timer.execute(() -> answered(check, reading, changed && reading.isWritable()));
		if (this.pool.server().explainLosses(inquiry, reading, asked)) {
			suspect();
		}
		this.stuck.free(inquiry, reading).ifPresent(this::suspectAt);
		this.pool.server().count(inquiry, reading.facts());
	}

}
