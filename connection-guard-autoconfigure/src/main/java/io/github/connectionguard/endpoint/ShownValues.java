package io.github.connectionguard.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Decides what is shown of values that not everybody may see.
 *
 * @param sanitizer sanitizes them
 * @param shown whether whoever asks may see them, as far as the sanitizer's functions let
 * them
 */
record ShownValues(Sanitizer sanitizer, boolean shown) {

	@Nullable String holder(@Nullable String thread) {
		return show("holder", thread);
	}

	@Nullable String request(@Nullable String request) {
		return show("request", request);
	}

	@Nullable String place(@Nullable String frame) {
		return show("place", frame);
	}

	@Nullable String address(String address) {
		return show("address", address);
	}

	private @Nullable String show(String key, @Nullable String value) {
		if (value == null) {
			return null;
		}
		Object shown = this.sanitizer.sanitize(new SanitizableData(null, key, value), this.shown);
		return (shown != null) ? shown.toString() : null;
	}

}
