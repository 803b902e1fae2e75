package io.github.connectionguard.endpoint;

import java.util.Locale;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.lifetime.LimitSource;

/**
 * What to do first about what others have said of a failure.
 */
final class Remedies {

	private Remedies() {
	}

	/**
	 * Return what to do about a server that lets nobody in: what follows the first
	 * sentence of what that means.
	 */
	static String of(GuardEvent.LoginsRefused refused) {
		String meaning = refused.meaning();
		int end = meaning.indexOf(". ");
		return capitalized((end < 0) ? meaning : meaning.substring(end + 2));
	}

	/**
	 * Return what to do about connections that die.
	 */
	static String of(LossCause cause, PoolEvidence evidence) {
		LifetimePlan plan = evidence.pool().plan();
		if (plan != null && plan.source() == LimitSource.LEARNED) {
			return "Set connection-guard.network-idle-timeout=%ds to make the learned limit permanent"
				.formatted(plan.limit().toSeconds());
		}
		String remedy = cause.remedy();
		return (remedy != null) ? capitalized(remedy)
				: "GET /actuator/connectionguard/%s/events?cause=%s tells when and which"
					.formatted(evidence.pool().beanName(), cause);
	}

	private static String capitalized(String sentence) {
		return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
	}

}
