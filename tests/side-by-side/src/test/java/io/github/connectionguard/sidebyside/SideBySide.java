package io.github.connectionguard.sidebyside;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.sidebyside.Case.Difference;
import io.github.connectionguard.testsupport.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests to an application with the starter and to the same one without, whose
 * transcripts are the same to the letter, but where it is promised that they are not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SideBySide {

	/**
	 * What is logged of a request that fails as its handler does not.
	 */
	private static final String NOT_ON_PURPOSE = "dispatcherServlet] (?!IllegalStateException)";

	private final SetUp setUp;

	private final List<Case> cases;

	private Side without;

	private Side with;

	@SuppressWarnings("NullAway.Init")
	SideBySide(SetUp setUp, Cases... cases) {
		this.setUp = setUp;
		this.cases = Stream.of(cases).flatMap((its) -> its.all().stream()).toList();
	}

	/**
	 * Return the server that both applications use.
	 */
	TestServer server() {
		return TestServer.shared();
	}

	@BeforeAll
	void startApplications() throws SQLException {
		TestServer server = server();
		this.without = Side.start(server, Starter.ABSENT, this.setUp);
		this.with = Side.start(server, Starter.PRESENT, this.setUp);
	}

	@AfterAll
	void stopApplications() throws SQLException {
		this.without.close();
		this.with.close();
	}

	Side without() {
		return this.without;
	}

	Side with() {
		return this.with;
	}

	@Test
	void oneHasTheStarterAndTheOtherHasNot() {
		assertThat(this.with.hasStarter()).isTrue();
		assertThat(this.without.hasStarter()).isFalse();
	}

	List<Case> cases() {
		return this.cases;
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void transcriptIsTheSame(Case aCase) throws Exception {
		String expected = this.without.transcriptOf(aCase);
		String actual = this.with.transcriptOf(aCase);
		Difference difference = aCase.difference();
		if (difference == null) {
			assertThat(expected).as(aCase.name()).doesNotContainPattern(NOT_ON_PURPOSE);
			assertThat(actual).as(aCase.name()).isEqualTo(expected);
		}
		else {
			assertThat(actual).as(aCase.name() + ", as " + difference.reason())
				.isEqualTo(difference.transcript())
				.isNotEqualTo(expected);
		}
	}

}
