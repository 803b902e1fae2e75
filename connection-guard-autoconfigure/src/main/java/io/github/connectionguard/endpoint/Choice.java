package io.github.connectionguard.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Reads what may be one of a few words.
 */
final class Choice {

	private Choice() {
	}

	/**
	 * Find a constant by its name as people write it.
	 * @throws InvalidEndpointRequestException if there is none, which names those there
	 * are
	 */
	static <E extends Enum<E>> E of(String parameter, E[] constants, String text) {
		String name = text.replace('-', '_').toUpperCase(Locale.ROOT);
		return Arrays.stream(constants)
			.filter((constant) -> constant.name().equals(name))
			.findFirst()
			.orElseThrow(() -> refusal(parameter, constants));
	}

	private static InvalidEndpointRequestException refusal(String parameter, Object[] constants) {
		String reason = "'%s' has to be one of %s".formatted(parameter,
				Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", ")));
		return new InvalidEndpointRequestException(reason, reason);
	}

}
