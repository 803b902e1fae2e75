package io.github.connectionguard.autoconfigure;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is done beside the start of an application.
 */
@ExtendWith(OutputCaptureExtension.class)
class GuardBackgroundPreinitializerTests {

	@Test
	void springBootRunsIt() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(GuardBackgroundPreinitializer.class);
	}

	@Test
	void leavesNothingBehindAndSaysNothing(CapturedOutput output) {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		new GuardBackgroundPreinitializer().preinitialize();
		assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
		assertThat(output).isEmpty();
	}

}
