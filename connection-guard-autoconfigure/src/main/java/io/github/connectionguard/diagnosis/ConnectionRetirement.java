package io.github.connectionguard.diagnosis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What was known of a connection when it was closed, and had not been lost.
 *
 * @param told what this end closed it for, or {@code null} if the pool did by itself
 * @param age the time since it was opened
 * @param borrowed the time since it was last borrowed, or {@code null} if it never was
 * @param maxLifetime how old it was to become at most, or {@code null} if nothing was
 * planned
 * @param idleTimeout how long the pool keeps what it does not need, or {@code null} if
 * for ever
 */
public record ConnectionRetirement(@Nullable RetirementCause told, Duration age, @Nullable Duration borrowed,
		@Nullable Duration maxLifetime, @Nullable Duration idleTimeout) {

	/**
	 * HikariCP takes up to a quarter off each connection's lifetime, by chance.
	 */
	private static final int QUARTERS_LEFT = 3;

	/**
	 * The time within which HikariCP's housekeeper has found what is not needed.
	 */
	private static final Duration HOUSEKEEPING = Duration.ofSeconds(60);

	/**
	 * Return what it was closed for.
	 * @return the cause
	 */
	public RetirementCause cause() {
		return (this.told != null) ? this.told : ofPool();
	}

	private RetirementCause ofPool() {
		boolean old = this.maxLifetime != null && this.age.multipliedBy(QUARTERS_LEFT + 1)
			.compareTo(this.maxLifetime.multipliedBy(QUARTERS_LEFT)) >= 0;
		Duration limit = this.idleTimeout;
		if (limit != null && isIdleFor(limit) && !(old && isIdleFor(limit.plus(HOUSEKEEPING)))) {
			return RetirementCause.IDLE_TIMEOUT;
		}
		return old ? RetirementCause.MAX_LIFETIME : RetirementCause.EVICTED;
	}

	private boolean isIdleFor(Duration limit) {
		return ((this.borrowed != null) ? this.borrowed : this.age).compareTo(limit) >= 0;
	}

	/**
	 * Tell what it was closed for as a sentence.
	 * @return a sentence with the numbers that support it
	 */
	public String describe() {
		RetirementCause cause = cause();
		String limit = switch (cause) {
			case MAX_LIFETIME, EVICTED -> limit("max-lifetime", this.maxLifetime);
			case IDLE_TIMEOUT -> limit("idle-timeout", this.idleTimeout);
			default -> "";
		};
		String borrowed = (this.borrowed != null) ? "last borrowed %s ago".formatted(Seconds.of(this.borrowed))
				: "never borrowed";
		return "%s%s: %s, %s old".formatted(cause.sentence(), limit, borrowed, Seconds.of(this.age));
	}

	private static String limit(String name, @Nullable Duration limit) {
		return (limit != null) ? " (%s is %s)".formatted(name, Seconds.of(limit)) : "";
	}

}
