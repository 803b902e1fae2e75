package io.github.connectionguard.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A setting was found to be of no use, which stops the start.
 */
public final class UnusableSettingException extends RuntimeException {

	private final String action;

	/**
	 * Create an exception.
	 * @param message what was found, with the property
	 * @param action what to do about it
	 * @param cause the reason, or {@code null}
	 */
	public UnusableSettingException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
