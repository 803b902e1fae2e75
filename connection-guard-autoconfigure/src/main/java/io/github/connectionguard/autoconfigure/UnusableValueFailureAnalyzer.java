package io.github.connectionguard.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells what is allowed where a property of the guard has a value that is not. Spring
 * Boot tells what the values of an enumeration are, but nothing of other types.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnusableValueFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("connection-guard");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!ROOT.equals(cause.getName()) && !ROOT.isAncestorOf(cause.getName())) {
			return null;
		}
		String refusal = refusal(cause);
		if (refusal != null) {
			return new FailureAnalysis(refusal + ".", "Set it to what is allowed, or leave it out for its default.",
					cause);
		}
		String allowed = allowed(cause.getTarget().getType().resolve(Object.class));
		ConfigurationProperty property = cause.getProperty();
		return (allowed != null && property != null) ? new FailureAnalysis(describe(property, allowed),
				"Set it to %s, or leave it out for its default.".formatted(allowed), cause) : null;
	}

	/**
	 * Return what {@link ConnectionGuardProperties} have against a value.
	 */
	private static @Nullable String refusal(BindException exception) {
		for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (cause instanceof IllegalArgumentException && message != null && message.startsWith("'" + ROOT + ".")) {
				return message;
			}
		}
		return null;
	}

	private static @Nullable String allowed(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		return (type == Duration.class) ? "a time such as 500ms, 30s, 5m or 2h; a number alone is in seconds" : null;
	}

	private static String describe(ConfigurationProperty property, String allowed) {
		String description = "'%s' must be %s, but is '%s'.".formatted(property.getName(), allowed,
				property.getValue());
		return (property.getOrigin() != null) ? description + "\n\n    Origin: " + property.getOrigin() : description;
	}

}
