package io.github.connectionguard.advice;

import java.util.List;

import io.github.connectionguard.test.LoggedEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartReport}.
 */
class StartReportTests {

	private final LoggedEvents log = LoggedEvents.record();

	private final StartReport report = new StartReport(() -> "orders");

	@AfterEach
	void stopRecording() {
		this.log.close();
	}

	@Test
	void blockWaitsForTheSessionsAndAdviceForTheBlock() {
		this.report.advise(List.of("advice"));
		this.report.off("off");
		assertThat(this.report.limits("limits")).isTrue();
		assertThat(this.log.messages()).isEmpty();
		this.report.sessions("sessions");
		assertThat(this.log.messages()).containsExactly("orders - limits\n\tsessions\n\toff", "orders - advice");
	}

	@Test
	void blockWaitsForTheLimits() {
		this.report.sessions("");
		this.report.off("off");
		this.report.off("off");
		assertThat(this.log.messages()).isEmpty();
		assertThat(this.report.limits("limits")).isTrue();
		assertThat(this.log.messages()).containsExactly("orders - limits\n\toff");
	}

	@Test
	void limitsThatChangeBeforeTheBlockAreToldAsTheyAreLast() {
		this.report.limits("first");
		this.report.limits("second");
		this.report.sessions("sessions");
		assertThat(this.log.messages()).containsExactly("orders - second\n\tsessions");
	}

	@Test
	void whatComesAfterTheBlockIsToldByItself() {
		this.report.limits("limits");
		this.report.sessions("");
		assertThat(this.report.limits("others")).isFalse();
		this.report.sessions("sessions");
		this.report.sessions("sessions");
		this.report.off("off");
		this.report.off("off");
		this.report.advise(List.of("advice"));
		assertThat(this.log.messages()).containsExactly("orders - limits", "orders - sessions", "orders - off",
				"orders - advice");
	}

	@Test
	void poolThatCannotConnectIsGivenItsAdviceAllTheSame() {
		this.report.advise(List.of("before"));
		this.report.failed();
		this.report.advise(List.of("after"));
		assertThat(this.log.messages()).containsExactly("orders - before", "orders - after");
		this.report.sessions("");
		this.report.limits("limits");
		assertThat(this.log.messages()).hasSize(3).last().isEqualTo("orders - limits");
	}

}
