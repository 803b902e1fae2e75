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
		return this.cause == LossCause.LOST || this.cause == LossCause.SILENT;
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

	private static @Nullable Explanation ofFate(ConnectionLoss loss, ServerEvidence evidence) {
		return switch (evidence.fate()) {
			case SAME -> null;
			case RESTARTED -> because(LossCause.SERVER_RESTARTED, loss, "the server was started again%s".formatted(
					(evidence.uptime() != null) ? " %s ago".formatted(LossCause.seconds(evidence.uptime())) : ""));
			case REPLACED -> because(LossCause.SERVER_REPLACED, loss,
					"another server answers in its place, as after a failover: server_uuid is another one");
			case DEMOTED -> because(LossCause.SERVER_DEMOTED, loss,
					"the server has become read-only, as after a switch of the primary (read_only=ON)");
		};
	}

	/**
	 * Explain a connection that was given up here, so that its session means nothing.
	 */
	private static Explanation ofSilence(ConnectionLoss loss, ServerEvidence evidence) {
		return evidence.away()
				? because(LossCause.SILENT, loss,
						"the server stood still, or nothing came through from it: nobody got an answer")
				: because(LossCause.NETWORK, loss,
						"something between this application and the server dropped it: the server answered others");
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
		return (evidence.kills() >= evidence.gone())
				? because(LossCause.KILLED, loss, "somebody killed the session on the server: " + numbers)
				: because(LossCause.NETWORK, loss,
						"something between this application and the server ended it on both sides, as a proxy or load "
								+ "balancer does: " + numbers);
	}

	private static Explanation because(LossCause cause, ConnectionLoss loss, String sentence) {
		return new Explanation(cause, sentence + ": " + LossCause.state(loss));
	}

}
