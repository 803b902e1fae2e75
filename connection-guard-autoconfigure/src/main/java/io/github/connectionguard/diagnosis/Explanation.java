package io.github.connectionguard.diagnosis;

import io.github.connectionguard.diagnosis.ServerEvidence.Fate;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection was lost, as a sentence with the evidence.
 *
 * @param cause the cause
 * @param description the sentence
 */
public record Explanation(LossCause cause, String description) {

	/**
	 * Explain a loss by what is known when it is noticed.
	 * @param loss what was known of the connection
	 * @return the first explanation
	 */
	public static Explanation of(ConnectionLoss loss) {
		LossCause cause = LossCause.of(loss);
		return new Explanation(cause, cause.describe(loss));
	}

	/**
	 * Tell whether the server may know better.
	 * @return whether the cause is a guess
	 */
	public boolean isGuess() {
		return this.cause.isGuess();
	}

	/**
	 * Explain a loss by what the server has said since.
	 * @param loss what was known of the connection
	 * @param evidence what the server said
	 * @return the explanation, or {@code null} if the first one stands
	 */
	public static @Nullable Explanation of(ConnectionLoss loss, ServerEvidence evidence) {
		if (!of(loss).isGuess()) {
			return null;
		}
		if (evidence.fate() != Fate.SAME) {
			return ofFate(loss, evidence);
		}
		return loss.silent() ? ofSilence(loss, evidence) : ofSession(loss, evidence);
	}

	/**
	 * Explain a loss by the server being in offline mode.
	 * @param loss what was known of the connection
	 * @return the explanation, or {@code null} if the first one stands
	 */
	public static @Nullable Explanation ofOfflineMode(ConnectionLoss loss) {
		return of(loss).isGuess() ? because(LossCause.SERVER_OFFLINE, loss,
				"the server was set to offline mode, which ends the sessions of ordinary accounts (offline_mode=ON)")
				: null;
	}

	/**
	 * Explain a loss by the account being shut out of the server at the same time.
	 * @param loss what was known of the connection, which somebody had closed
	 * @param code the error with which the next login was refused
	 * @param others how many others were lost with it
	 * @return the explanation, or {@code null} if the first one stands
	 */
	public static @Nullable Explanation ofRefusal(ConnectionLoss loss, int code, int others) {
		return (LossCause.of(loss) == LossCause.LOST) ? because(LossCause.ACCOUNT_REFUSED, loss,
				"its session was ended as the account was shut out of the server: the next login was refused with "
						+ "error %d, and %d others were lost with it".formatted(code, others))
				: null;
	}

	private static @Nullable Explanation ofFate(ConnectionLoss loss, ServerEvidence evidence) {
		return switch (evidence.fate()) {
			case SAME -> null;
			case RESTARTED -> because(LossCause.SERVER_RESTARTED, loss, "the server was started again%s"
				.formatted((evidence.uptime() != null) ? " %s ago".formatted(Seconds.of(evidence.uptime())) : ""));
			case REPLACED -> because(LossCause.SERVER_REPLACED, loss,
					"another server answers in its place, as after a failover: server_uuid (server_uid on MariaDB) is "
							+ "another one");
			case DEMOTED -> because(LossCause.SERVER_DEMOTED, loss,
					"the server has become read-only, as after a switch of the primary (read_only=ON)");
		};
	}

	/**
	 * Explain a connection that was given up here, so that its session means nothing.
	 */
	private static Explanation ofSilence(ConnectionLoss loss, ServerEvidence evidence) {
		String same = (evidence.uptime() != null) ? ", and it was not started again since" : "";
		return switch (evidence.absence()) {
			case STOOD_STILL -> because(LossCause.SERVER_STALLED, loss,
					"the server stood still: connects were accepted, but nobody got an answer" + same);
			case OUT_OF_REACH ->
				because(LossCause.SILENT, loss, "nothing came through from the server: nobody got an answer" + same);
			case NONE -> because(LossCause.NETWORK, loss,
					"something between this application and the server dropped it: the server answered others");
		};
	}

	private static @Nullable Explanation ofSession(ConnectionLoss loss, ServerEvidence evidence) {
		if (evidence.sessionKnown() == null) {
			return null;
		}
		if (evidence.sessionKnown()) {
			return because(LossCause.NETWORK, loss,
					"something between this application and the server closed it: the server has the session still");
		}
		if (evidence.kills() == null) {
			return null;
		}
		String numbers = "the server was not started again, and for %d sessions that are gone has run KILL %d times"
			.formatted(evidence.gone(), evidence.kills());
		if (loss.reset() && !loss.held()) {
			return because(LossCause.NETWORK, loss,
					"something between this application and the server ended it on both sides, by a reset to this one, as "
							+ "the end of a killed session is not: " + numbers);
		}
		return (evidence.kills() >= evidence.gone())
				? because(LossCause.KILLED, loss, "somebody killed the session on the server: " + numbers)
				: because(LossCause.NETWORK, loss,
						"something between this application and the server ended it on both sides, as a proxy does: "
								+ numbers);
	}

	private static Explanation because(LossCause cause, ConnectionLoss loss, String sentence) {
		return new Explanation(cause, sentence + ": " + LossSentence.state(loss));
	}

}
