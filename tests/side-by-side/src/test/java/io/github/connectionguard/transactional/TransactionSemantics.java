package io.github.connectionguard.transactional;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.sidebyside.Starter;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What transactional services can rely on, with the starter or without: the same to the
 * letter.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TransactionSemantics {

	private final Starter starter;

	private final int poolSize;

	private TransactionalApp application;

	@SuppressWarnings("NullAway.Init")
	TransactionSemantics(Starter starter, int poolSize) {
		this.starter = starter;
		this.poolSize = poolSize;
	}

	@BeforeAll
	void startApplication() throws SQLException {
		this.application = TransactionalApp.start(TestServer.shared(), this.starter, this.poolSize);
	}

	@AfterAll
	void stopApplication() throws SQLException {
		this.application.close();
	}

	List<TransactionalCase> cases() {
		return (this.poolSize > 1) ? allCases() : new PoolOfOneCases().all();
	}

	static List<TransactionalCase> allCases() {
		return Stream
			.of(new PropagationCases(), new AttributeCases(), new ServiceFailureCases(), new CallbackCases(),
					new SecondPoolCases())
			.flatMap((cases) -> cases.all().stream())
			.toList();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void transcriptIsAsExpected(TransactionalCase aCase) throws Exception {
		assertThat(this.application.transcriptOf(aCase)).isEqualTo(aCase.transcript());
	}

	TransactionalApp application() {
		return this.application;
	}

}
