package io.github.connectionguard.transactional;

import java.util.List;

import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.sidebyside.Starter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for transactional services in an application with the starter.
 */
@Tag("extended")
class WithTheStarterTests extends TransactionSemantics {

	WithTheStarterTests() {
		super(Starter.PRESENT, 2);
	}

	@Test
	void starterIsThere() {
		assertThat(application().context().getBeanNamesForType(DatabaseSessionScope.class)).hasSize(1);
	}

	@Test
	void statementInATransactionOfAnotherPoolIsTheRequests() throws Exception {
		assertThat(application().transcriptOf(List.of(SecondPoolCases.firstPoolInATransactionOfTheSecond())))
			.isEqualTo("answered 500, others see []\n");
	}

}
