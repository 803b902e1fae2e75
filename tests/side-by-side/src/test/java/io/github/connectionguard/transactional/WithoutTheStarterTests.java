package io.github.connectionguard.transactional;

import java.util.List;

import io.github.connectionguard.sidebyside.Starter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for transactional services in the same application without the starter.
 */
@Tag("extended")
class WithoutTheStarterTests extends TransactionSemantics {

	WithoutTheStarterTests() {
		super(Starter.ABSENT, 2);
	}

	@Test
	void starterIsAbsent() {
		assertThat(application().context().getBeanDefinitionNames())
			.noneMatch((name) -> name.startsWith("io.github.connectionguard.autoconfigure"));
	}

	@Test
	void statementInATransactionOfAnotherPoolTakesEffectAtOnce() throws Exception {
		assertThat(application().transcriptOf(List.of(SecondPoolCases.firstPoolInATransactionOfTheSecond())))
			.isEqualTo("answered 500, others see [first]\n");
	}

}
