package io.github.connectionguard.lifetime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WellKnownLimit}.
 */
class WellKnownLimitTests {

	@ParameterizedTest
	@CsvSource({ "60,", "237,", "239, AZURE_LOAD_BALANCER", "263, AZURE_LOAD_BALANCER", "265,", "350, AWS", "384, AWS",
			"386,", "600, GOOGLE_VPC", "1210, GOOGLE_NAT", "1900, RDS_PROXY", "3601, ENVOY", "28800," })
	void limitIsPutDownToTheProductThatHasAboutThatDefault(long seconds, @Nullable WellKnownLimit known) {
		assertThat(WellKnownLimit.of(Duration.ofSeconds(seconds)).orElse(null)).isEqualTo(known);
	}

	@ParameterizedTest
	@EnumSource
	void documentHasTheLimit(WellKnownLimit known) throws IOException {
		assertThat(Files.readString(Path.of("..", "docs", "proxies.md")))
			.contains("| %d s".formatted(known.limit().toSeconds()));
	}

}
