package io.github.connectionguard.hikari;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.connectionguard.connection.PhysicalConnection;
import io.github.connectionguard.diagnosis.ConnectionLoss;
import io.github.connectionguard.diagnosis.Explanation;
import io.github.connectionguard.diagnosis.ServerEvidence;
import io.github.connectionguard.diagnosis.ServerEvidence.Absence;
import io.github.connectionguard.mysql.ServerReading;
import io.github.connectionguard.mysql.ServerSessions;
import org.jspecify.annotations.Nullable;

/**
 * The losses of which only the server knows why, until it is asked. Thread-safe.
 */
final class UnexplainedLosses {

	/**
	 * More are not explained one by one.
	 */
	private static final int MOST = 1000;

	private final ConcurrentLinkedDeque<UnexplainedLoss> losses = new ConcurrentLinkedDeque<>();

	private volatile @Nullable Long awayAt;

	private volatile @Nullable Long stoodStillAt;

	private volatile @Nullable Long outOfReachAt;

	private @Nullable Long kills;

	/**
	 * Kills that no loss was put down to yet, as a death may be noticed after the server
	 * was asked.
	 */
	private long spareKills;

	private long sparedAt;

	/**
	 * Keep a loss until the server is asked.
	 */
	void add(PhysicalConnection connection, ConnectionLoss loss, long at) {
		this.losses.add(UnexplainedLoss.of(connection, loss, at));
		if (this.losses.size() > MOST) {
			this.losses.poll();
		}
	}

	boolean isEmpty() {
		return this.losses.isEmpty();
	}

	/**
	 * Note that nobody can reach the server.
	 */
	void away(long at) {
		this.awayAt = at;
	}

	/**
	 * Note that nobody gets an answer from the server.
	 * @param accepted whether connects are accepted all the same
	 */
	void silent(long at, boolean accepted) {
		if (accepted) {
			this.stoodStillAt = at;
		}
		else {
			this.outOfReachAt = at;
		}
		away(at);
	}

	/**
	 * Note what the server says of itself while there is nothing to explain.
	 */
	synchronized void told(@Nullable Long killsSoFar) {
		this.kills = killsSoFar;
	}

	/**
	 * Explain what was lost before the server was asked.
	 * @param reading what it said of itself
	 * @param sessions the sessions it has, or empty if nobody knows
	 * @param asked the reading of the ledger's clock before it was asked
	 * @param now the reading of the ledger's clock
	 * @return what could be explained
	 */
	synchronized List<Explained> explain(ServerReading reading, Optional<ServerSessions> sessions, long asked,
			long now) {
		Long recent = recentKills(reading.kills(), now);
		List<UnexplainedLoss> lost = take((loss) -> loss.at() - asked < 0);
		ServerSessions known = sessions.orElse(null);
		int gone = (int) lost.stream().filter((loss) -> Boolean.FALSE.equals(loss.isKnown(reading, known))).count();
		this.spareKills = (recent != null) ? Math.max(0, recent - gone) : 0;
		this.sparedAt = now;
		return explain(lost, (loss) -> Explanation.of(loss.loss(), new ServerEvidence(loss.fate(reading, now),
				reading.uptime(), loss.isKnown(reading, known), recent, gone, absence(loss))));
	}

	/**
	 * Explain what was lost by the server being in offline mode.
	 * @return what could be explained
	 */
	List<Explained> explainByOfflineMode() {
		return explain(take((loss) -> true), (loss) -> Explanation.ofOfflineMode(loss.loss()));
	}

	/**
	 * Explain what was lost by the account being shut out of the server.
	 * @param code the error with which a login was refused
	 * @param since when that was seen first
	 * @return what could be explained
	 */
	List<Explained> explainByRefusal(int code, long since) {
		List<UnexplainedLoss> lost = take((loss) -> !loss.loss().silent() && loss.isAbout(since));
		return explain(lost, (loss) -> Explanation.ofRefusal(loss.loss(), code, lost.size() - 1));
	}

	private List<UnexplainedLoss> take(Predicate<UnexplainedLoss> which) {
		return this.losses.stream().filter((loss) -> which.test(loss) && this.losses.remove(loss)).toList();
	}

	private static List<Explained> explain(List<UnexplainedLoss> lost,
			Function<UnexplainedLoss, @Nullable Explanation> how) {
		List<Explained> explained = new ArrayList<>();
		for (UnexplainedLoss loss : lost) {
			Explanation explanation = how.apply(loss);
			if (explanation != null) {
				explained.add(new Explained(loss.connection(), explanation));
			}
		}
		return explained;
	}

	private @Nullable Long recentKills(@Nullable Long sum, long now) {
		Long before = this.kills;
		told(sum);
		if (before == null || sum == null || before > sum) {
			return null;
		}
		return sum - before + ((now - this.sparedAt < UnexplainedLoss.ABOUT.toNanos()) ? this.spareKills : 0);
	}

	private Absence absence(UnexplainedLoss loss) {
		if (!loss.mayComeOf(this.awayAt)) {
			return Absence.NONE;
		}
		return (loss.mayComeOf(this.stoodStillAt) && !loss.mayComeOf(this.outOfReachAt)) ? Absence.STOOD_STILL
				: Absence.OUT_OF_REACH;
	}

	/**
	 * A loss that has been explained.
	 *
	 * @param connection the name of the connection
	 * @param explanation why it was lost
	 */
	record Explained(String connection, Explanation explanation) {

	}

}
