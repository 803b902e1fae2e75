package io.github.connectionguard.neighbours.slices;

import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests without the starter.
 */
@TestPropertySource(properties = SliceApplication.PACKAGES)
class TransactionalWithoutStarterTests extends TransactionalTests {

	@Test
	void hasNotTheStarter(ApplicationContext context) {
		assertThat(context.containsBean("connectionGuardSessionFilter")).isFalse();
	}

}
