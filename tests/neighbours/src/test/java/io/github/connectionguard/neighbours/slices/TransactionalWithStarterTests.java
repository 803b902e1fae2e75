package io.github.connectionguard.neighbours.slices;

import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests with the starter.
 */
@TestPropertySource(properties = SliceApplication.PACKAGES + SliceApplication.STARTER)
class TransactionalWithStarterTests extends TransactionalTests {

	@Test
	void hasTheStarter(ApplicationContext context) {
		assertThat(context.containsBean("connectionGuardSessionFilter")).isTrue();
	}

}
