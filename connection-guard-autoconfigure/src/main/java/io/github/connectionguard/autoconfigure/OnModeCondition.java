package io.github.connectionguard.autoconfigure;

import io.github.connectionguard.autoconfigure.ConnectionGuardProperties.Mode;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The condition of {@link ConditionalOnMode}. A value that is none matches the default,
 * and stops the start where the properties are bound.
 */
final class OnModeCondition extends SpringBootCondition {

	private static final String KEY = "connection-guard.mode";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Mode wanted = metadata.getAnnotations().get(ConditionalOnMode.class).getEnum("value", Mode.class);
		Mode mode = mode(context.getEnvironment());
		return new ConditionOutcome(mode == wanted,
				ConditionMessage.forCondition(ConditionalOnMode.class).because("the mode is " + mode));
	}

	private static Mode mode(Environment environment) {
		if (!environment.containsProperty(KEY)) {
			return Mode.GUARD; // the binder would also look for what makes one of parts
		}
		try {
			return Binder.get(environment).bind(KEY, Mode.class).orElse(Mode.GUARD);
		}
		catch (BindException ex) {
			return Mode.GUARD;
		}
	}

}
