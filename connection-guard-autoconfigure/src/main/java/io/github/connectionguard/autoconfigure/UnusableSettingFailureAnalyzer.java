package io.github.connectionguard.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what to do about a setting that stopped the start. Spring Boot has an exception
 * that does so by itself, but only since 4.1.
 */
final class UnusableSettingFailureAnalyzer extends AbstractFailureAnalyzer<UnusableSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
