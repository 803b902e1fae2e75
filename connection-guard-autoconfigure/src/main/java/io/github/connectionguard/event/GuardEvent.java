package io.github.connectionguard.event;

import java.time.Duration;
import java.time.Instant;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.diagnosis.RetirementCause;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to a pool, its connections or its server. Borrows and
 * statements are no events. Nothing in an event holds a password, or text of a statement.
 */
public sealed interface GuardEvent {

	/**
	 * Return the name of the pool.
	 * @return the name
	 */
	String pool();

	/**
	 * Return when it was noticed.
	 * @return the moment
	 */
	Instant at();

	/**
	 * A connection was opened and is ready for use.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param connection the name of the driver's connection
	 */
	record ConnectionOpened(String pool, Instant at, String connection) implements GuardEvent {

	}

	/**
	 * A connection was closed, or given up by whoever had it, that had not been lost.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param connection the name of the driver's connection
	 * @param cause what it was closed for
	 * @param description the cause as a sentence
	 * @param age how old it was
	 */
	record ConnectionRetired(String pool, Instant at, String connection, RetirementCause cause, String description,
			Duration age) implements GuardEvent {

	}

	/**
	 * A connection turned out to be dead.
	 *
	 * @param pool the name of the pool
	 * @param at when that was noticed
	 * @param connection the name of the driver's connection
	 * @param cause the most likely cause; {@link LossCause#LOST} and
	 * {@link LossCause#SILENT} are a first guess, which a {@link LossExplained} may
	 * correct
	 * @param description the cause as a sentence
	 * @param quiet how long the server had not been heard on it
	 * @param age how old it was
	 */
	record ConnectionLost(String pool, Instant at, String connection, LossCause cause, String description,
			Duration quiet, Duration age) implements GuardEvent {

	}

	/**
	 * Why a connection was lost has been found out, since its server was asked.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param connection the name of the driver's connection, which was told as
	 * {@linkplain ConnectionLost lost} before
	 * @param cause the cause
	 * @param description the cause as a sentence, with the evidence
	 */
	record LossExplained(String pool, Instant at, String connection, LossCause cause,
			String description) implements GuardEvent {

	}

	/**
	 * A connection was not given back by whoever borrowed it.
	 *
	 * @param pool the name of the pool
	 * @param at when that was noticed
	 * @param connection the name of the driver's connection
	 * @param description what became of it, as a sentence
	 * @param held how long ago it was borrowed
	 * @param place where it was borrowed, or {@code null} if that was not recorded
	 */
	record ConnectionLeaked(String pool, Instant at, String connection, String description, Duration held,
			@Nullable String place) implements GuardEvent {

	}

	/**
	 * A ping has no answer yet, although others have theirs by then.
	 *
	 * @param pool the name of the pool
	 * @param at when that was noticed
	 * @param connection the name of the driver's connection
	 * @param unanswered how long it has been under way
	 */
	record PingLate(String pool, Instant at, String connection, Duration unanswered) implements GuardEvent {

	}

	/**
	 * The connections in the pool that are under suspicion are pinged, all at once.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param connections how many are
	 */
	record ConnectionsSwept(String pool, Instant at, int connections) implements GuardEvent {

	}

	/**
	 * The server of a pool is not what it was.
	 *
	 * @param pool the name of the pool
	 * @param at when that was noticed
	 * @param change what it is now, as the end of a sentence that begins with the server
	 * @param evicted how many connections to what was there before are evicted for it
	 */
	record ServerChanged(String pool, Instant at, String change, int evicted) implements GuardEvent {

	}

	/**
	 * The limits that a pool keeps to, and with them its timers, are new or others than
	 * before.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param idleLimit how long a connection may be idle
	 * @param maxLifetime the maximum age of a connection
	 * @param keepalive the interval at which idle connections are pinged
	 */
	record LimitsChanged(String pool, Instant at, Duration idleLimit, Duration maxLifetime,
			Duration keepalive) implements GuardEvent {

	}

	/**
	 * Something between a pool and its server was found to drop connections that are idle
	 * for too long.
	 *
	 * @param pool the name of the pool
	 * @param at when that was concluded
	 * @param limit how long they may be idle, about
	 */
	record LimitLearned(String pool, Instant at, Duration limit) implements GuardEvent {

	}

	/**
	 * A learned limit was found to hold no longer.
	 *
	 * @param pool the name of the pool
	 * @param at when that was concluded
	 * @param limit how long connections could be idle before, about
	 */
	record LimitForgotten(String pool, Instant at, Duration limit) implements GuardEvent {

	}

	/**
	 * A commit failed, or was refused.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param unknown whether nobody knows if the server has committed
	 */
	record CommitFailed(String pool, Instant at, boolean unknown) implements GuardEvent {

	}

	/**
	 * The server lets nobody in, for a reason that somebody has to see to.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param meaning what it says, with the remedy
	 */
	record LoginsRefused(String pool, Instant at, String meaning) implements GuardEvent {

	}

	/**
	 * The server cannot be reached.
	 *
	 * @param pool the name of the pool
	 * @param at when that was noticed
	 * @param error the kind of failure
	 */
	record OutageBegan(String pool, Instant at, String error) implements GuardEvent {

	}

	/**
	 * The server answers again.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param lasted how long it did not
	 */
	record OutageEnded(String pool, Instant at, Duration lasted) implements GuardEvent {

	}

	/**
	 * The guard itself has failed, and the pool works as without it wherever that
	 * happens.
	 *
	 * @param pool the name of the pool
	 * @param at when
	 * @param failure the class of the failure
	 */
	record GuardFailed(String pool, Instant at, String failure) implements GuardEvent {

	}

}
