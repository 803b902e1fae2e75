package io.github.connectionguard.hikari;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.lifetime.PoolTimers;

/**
 * The timers of one HikariCP pool: what the user asked for, and what the guard made of
 * it. Thread-safe.
 */
final class HikariTimers {

	private final HikariConfig config;

	private PoolTimers requested;

	private PoolTimers current;

	/**
	 * Remember what the user asks for. Has to happen before the pool validates its
	 * configuration, where there still is a chance to.
	 * @param config the configuration of the pool
	 */
	HikariTimers(HikariConfig config) {
		this.config = config;
		this.requested = effective();
		this.current = this.requested;
	}

	/**
	 * Take note that the pool has validated its configuration. What it replaced because
	 * it was below a floor stays as the user asked; anything else that changed since was
	 * the user's doing.
	 */
	synchronized void validated() {
		PoolTimers validated = effective();
		PoolTimers asked = this.requested;
		boolean lifetimeReplaced = PoolTimers.isBelowFloor(asked.maxLifetime());
		boolean keepaliveReplaced = PoolTimers.isBelowFloor(asked.keepalive()) || (!asked.maxLifetime().isZero()
				&& asked.keepalive().compareTo(asked.maxLifetime()) >= 0 && validated.keepalive().isZero());
		this.requested = new PoolTimers(lifetimeReplaced ? asked.maxLifetime() : validated.maxLifetime(),
				keepaliveReplaced ? asked.keepalive() : validated.keepalive());
		this.current = validated;
	}

	/**
	 * Return what the user asks for, which a running pool lets change at any time.
	 * @return the timers the user asked for
	 */
	synchronized PoolTimers requested() {
		PoolTimers now = effective();
		this.requested = new PoolTimers(
				now.maxLifetime().equals(this.current.maxLifetime()) ? this.requested.maxLifetime() : now.maxLifetime(),
				now.keepalive().equals(this.current.keepalive()) ? this.requested.keepalive() : now.keepalive());
		this.current = now;
		return this.requested;
	}

	/**
	 * Return what the pool has.
	 * @return the timers
	 */
	PoolTimers effective() {
		return read(this.config);
	}

	/**
	 * Set the timers. The pool obeys them for the connection it is about to schedule and
	 * those after it ({@code HikariPool.createPoolEntry}).
	 * @param timers the timers to set
	 */
	synchronized void set(PoolTimers timers) {
		if (!timers.equals(this.current)) {
			this.config.setMaxLifetime(timers.maxLifetime().toMillis());
			this.config.setKeepaliveTime(timers.keepalive().toMillis());
			this.current = timers;
		}
	}

	static PoolTimers read(HikariConfig config) {
		return new PoolTimers(Duration.ofMillis(config.getMaxLifetime()), Duration.ofMillis(config.getKeepaliveTime()));
	}

}
