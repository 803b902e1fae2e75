package io.github.connectionguard.watch;

import java.time.Duration;

import io.github.connectionguard.lifetime.RoundTripTime;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to look for a server. Knows no clock: times are readings, in nanoseconds,
 * of the one that is asked with. Not thread-safe.
 */
final class CheckRhythm {

	/**
	 * After this time without an answer, it is worth asking whether there will be one.
	 */
	static final Duration LONG_WAIT = Duration.ofSeconds(1);

	private static final Duration REST = Duration.ofMillis(250);

	/**
	 * A server that answers only to say that it is not there yet has had its work with
	 * it.
	 */
	private static final Duration TURNED_AWAY = Duration.ofMillis(500);

	/**
	 * Logins that are refused one after the other can lock the account.
	 */
	private static final Duration LONG_REST = Duration.ofMinutes(1);

	/**
	 * How often a server that answers is asked in the long run.
	 */
	private static final Duration PRICE = Duration.ofSeconds(10);

	/**
	 * How often it may be asked more than that, once.
	 */
	private static final int CREDIT = 5;

	/**
	 * How long after the start of a server somebody may look for it for the first time.
	 */
	private static final Duration NOTICED = Duration.ofSeconds(5);

	private final Duration quietLimit;

	private long notBefore;

	private long paidUntil;

	private long lastBegin;

	private boolean away;

	private long awaySince;

	private long lettingInUntil;

	private int unanswered;

	private Duration nextWait = LONG_WAIT;

	/**
	 * Create the rhythm of one server.
	 * @param now the time
	 * @param quietLimit how long the server may not have been heard without being asked
	 */
	CheckRhythm(long now, Duration quietLimit) {
		this.quietLimit = quietLimit;
		this.notBefore = now;
		this.paidUntil = now;
		this.lastBegin = now;
		this.lettingInUntil = now;
	}

	/**
	 * Tell whether it is time to look for the server.
	 * @param now the time
	 * @param reasons what there is to look into
	 * @param logins what is under way
	 * @param path the round trip to the server
	 * @return whether it is
	 */
	boolean isDue(long now, CheckReasons reasons, Logins logins, RoundTripTime path) {
		Duration longWait = path.limit(LONG_WAIT);
		if (reasons.waiting().compareTo(longWait) < 0) {
			this.nextWait = longWait;
		}
		if (logins != Logins.NONE) {
			return now - this.lastBegin >= pause(now, reasons, logins, path).toNanos();
		}
		if (now - this.notBefore < 0) {
			return false;
		}
		if (this.away) {
			Duration outage = Duration.ofNanos(now - this.awaySince);
			return now - this.lastBegin >= LoginBudget.afterFailure(outage, reasons.anybodyWaits()).toNanos();
		}
		return isWorthALogin(now, reasons);
	}

	/**
	 * Tell whether, with no login under way, it will soon be time to look for the server.
	 * @param now the time
	 * @param reasons what there is to look into
	 * @return whether it will
	 */
	boolean isDueSoon(long now, CheckReasons reasons) {
		return this.notBefore - now <= REST.toNanos() && (this.away || isWorthALogin(now, reasons));
	}

	private boolean isWorthALogin(long now, CheckReasons reasons) {
		return isReason(now, reasons) && this.paidUntil - now <= PRICE.toNanos() * CREDIT;
	}

	private boolean isReason(long now, CheckReasons reasons) {
		return reasons.suspectedAt() - this.lastBegin > 0
				|| (reasons.waiting().compareTo(this.nextWait) >= 0 && !isLettingIn(now))
				|| (!reasons.quiet().isZero() && reasons.quiet().compareTo(this.quietLimit) >= 0);
	}

	private Duration pause(long now, CheckReasons reasons, Logins logins, RoundTripTime path) {
		Duration pause = (logins == Logins.CONNECTED) ? afterLogin(path)
				: LoginBudget.afterConnect(Duration.ofNanos(now - this.awaySince), reasons.anybodyWaits(), path);
		Duration heard = LoginBudget.whileHeard();
		return (reasons.heard() && pause.compareTo(heard) < 0) ? heard : pause;
	}

	/**
	 * A server that could not be reached a moment ago is starting, and may have many to
	 * let in at once.
	 */
	private Duration afterLogin(RoundTripTime path) {
		boolean starting = this.away && this.unanswered == 0;
		return starting ? LoginBudget.afterStart(path) : LoginBudget.afterLogin(this.unanswered + 1, path);
	}

	/**
	 * Tell whether the server is known to be away.
	 * @return whether the last login failed
	 */
	boolean isAway() {
		return this.away;
	}

	/**
	 * Tell whether the server has just been started again, and may have so many to let in
	 * that it is slow to answer the others.
	 * @param now the time
	 * @return whether it may
	 */
	boolean isLettingIn(long now) {
		return now - this.lettingInUntil < 0;
	}

	/**
	 * Note that the server is being looked for.
	 * @param now the time
	 * @param waiting how long somebody has been waiting for an answer of the server
	 * @param logins what was under way before
	 */
	void began(long now, Duration waiting, Logins logins) {
		if (logins == Logins.NONE && !this.away) {
			this.awaySince = now;
			this.unanswered = 0;
			this.paidUntil = Math.max(0, this.paidUntil - now) + now + PRICE.toNanos();
		}
		else if (logins == Logins.CONNECTED) {
			this.unanswered++;
		}
		this.lastBegin = now;
		while (this.nextWait.compareTo(waiting) <= 0) {
			this.nextWait = this.nextWait.multipliedBy(2);
		}
	}

	/**
	 * Note that the server answered.
	 * @param now the time
	 * @param uptime how long it has been running, or {@code null} if it did not tell
	 */
	void answered(long now, @Nullable Duration uptime) {
		if (this.away && uptime != null && uptime.minus(NOTICED).toNanos() < now - this.awaySince) {
			this.lettingInUntil = now + LoginBudget.lettingIn().toNanos();
		}
		this.away = false;
		this.notBefore = now + REST.toNanos();
	}

	/**
	 * Note that the server could not be reached.
	 * @param now the time
	 * @param given whether a login was given up that had a TCP connection
	 */
	void failed(long now, boolean given) {
		this.away = true;
		this.notBefore = now;
		if (given) {
			this.unanswered++;
			this.notBefore = this.lastBegin + LoginBudget.afterLogin(this.unanswered, RoundTripTime.UNKNOWN).toNanos();
		}
	}

	/**
	 * Note that the server says of itself that it is not there.
	 */
	void turnedAway(long now) {
		this.away = true;
		this.notBefore = now + TURNED_AWAY.toNanos();
	}

	/**
	 * Note that the server answered, but did not let anybody in.
	 */
	void refused(long now) {
		this.away = false;
		this.notBefore = now + LONG_REST.toNanos();
	}

}
