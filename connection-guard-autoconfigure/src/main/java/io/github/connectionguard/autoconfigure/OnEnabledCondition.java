package io.github.connectionguard.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless the guard is switched off. A value that is neither true nor false stops
 * the start: it would switch the guard off without a word.
 */
final class OnEnabledCondition extends SpringBootCondition {

	private static final String KEY = "connection-guard.enabled";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean enabled = Binder.get(context.getEnvironment()).bind(KEY, Boolean.class).orElse(true);
		return new ConditionOutcome(enabled,
				ConditionMessage.forCondition(KEY).because(enabled ? "it is not false" : "it is false"));
	}

}
