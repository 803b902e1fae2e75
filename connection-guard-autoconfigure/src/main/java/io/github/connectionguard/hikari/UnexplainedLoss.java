package io.github.connectionguard.hikari;

import java.time.Duration;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.ServerEvidence.Fate;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.ServerSessions;
import org.jspecify.annotations.Nullable;

/**
 * A loss that has not been explained, and what the word of the server means for it.
 *
 * @param connection the name of the connection
 * @param facts what its session said when it was set up, or {@code null} if that is not
 * known
 * @param direct whether the server knows the session by the same number
 * @param loss what was known of the connection
 * @param at the reading of the ledger's clock when it was lost
 */
record UnexplainedLoss(String connection, @Nullable ServerSessionFacts facts, boolean direct, ConnectionLoss loss,
		long at) {

	/**
	 * What happens within this time of a loss may have to do with it.
	 */
	static final Duration ABOUT = Duration.ofSeconds(10);

	static UnexplainedLoss of(PhysicalConnection connection, ConnectionLoss loss, long at) {
		ServerSessionFacts facts = connection.facts();
		boolean direct = facts != null && connection.wire().isDirect(facts.connectionId());
		return new UnexplainedLoss(connection.name(), facts, direct, loss, at);
	}

	/**
	 * Tell whether it was lost about when something happened.
	 */
	boolean isAbout(long moment) {
		return Math.abs(this.at - moment) < ABOUT.toNanos();
	}

	/**
	 * Tell whether it may come of something that was noticed about when it was lost, or
	 * later.
	 * @param moment when that was noticed, or {@code null} if it was not
	 */
	boolean mayComeOf(@Nullable Long moment) {
		return moment != null && moment - this.at + ABOUT.toNanos() > 0;
	}

	/**
	 * Tell what became of the server.
	 * @param reading what it says of itself
	 * @param now the reading of the ledger's clock
	 */
	Fate fate(ServerReading reading, long now) {
		if (this.facts == null) {
			return Fate.SAME;
		}
		Duration age = this.loss.age().plusNanos(now - this.at);
		Fate fate = fate(reading.since(this.facts, age));
		return (fate == Fate.SAME && this.direct && reading.numbersAnew(this.facts, age)) ? Fate.RESTARTED : fate;
	}

	private static Fate fate(ServerReading.Change change) {
		return switch (change) {
			case NONE -> Fate.SAME;
			case RESTARTED -> Fate.RESTARTED;
			case READ_ONLY -> Fate.DEMOTED;
			case REPLACED -> Fate.REPLACED;
		};
	}

	/**
	 * Tell whether the server still has the session. Behind a proxy it has another
	 * number, and the sessions of other accounts are not shown to everybody.
	 * @param reading what the server says of itself
	 * @param sessions the sessions it has, or {@code null} if nobody knows
	 * @return whether it has, or {@code null} if nobody knows
	 */
	@Nullable Boolean isKnown(ServerReading reading, @Nullable ServerSessions sessions) {
		return (sessions != null && this.direct && this.facts != null && this.facts.serverId() != null
				&& this.facts.account() != null && this.facts.account().equals(reading.facts().account()))
						? Boolean.valueOf(sessions.isAlive(this.facts.connectionId())) : null;
	}

}
