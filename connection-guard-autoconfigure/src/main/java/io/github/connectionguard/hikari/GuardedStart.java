package io.github.connectionguard.hikari;

import java.util.function.Function;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a pool that starts in its constructor, as HikariCP has it, and is
 * met by the guard before: when the constructor has it copied into the pool. The pool
 * checks it after that, as one does that is started by its first borrow. For one pool and
 * one thread.
 */
final class GuardedStart extends HikariConfig {

	private final Function<HikariDataSource, @Nullable GuardedPool> guard;

	private @Nullable GuardedPool guarded;

	/**
	 * Create a copy of a configuration.
	 * @param config the configuration
	 * @param guard puts the pool under guard, if it can
	 */
	GuardedStart(HikariConfig config, Function<HikariDataSource, @Nullable GuardedPool> guard) {
		this.guard = guard;
		config.copyStateTo(this);
	}

	/**
	 * Do nothing yet: values would be replaced that the guard wants to know.
	 */
	@Override
	public void validate() {
	}

	@Override
	public void copyStateTo(HikariConfig other) {
		super.copyStateTo(other);
		if (other instanceof HikariDataSource pool) {
			this.guarded = this.guard.apply(pool);
		}
		other.validate();
		setPoolName(other.getPoolName()); // for HikariCP's log
	}

	/**
	 * Return the pool under guard.
	 * @return the pool, or {@code null} if it was not put under guard
	 */
	@Nullable GuardedPool guarded() {
		return this.guarded;
	}

}
