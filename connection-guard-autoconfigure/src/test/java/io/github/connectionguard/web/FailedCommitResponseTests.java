package io.github.connectionguard.web;

import java.io.IOException;
import java.util.List;

import io.github.connectionguard.test.RecordingTransactionManager;
import io.github.connectionguard.web.SessionResponseTests.Committing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what a {@link SessionResponse} tells after a commit that failed.
 */
class FailedCommitResponseTests {

	private final WatchedResponse watched = new WatchedResponse();

	private final RecordingTransactionManager manager = this.watched.manager();

	private final MockHttpServletResponse container = this.watched.container();

	private final SessionResponse response = this.watched.response();

	@AfterEach
	void endSession() {
		this.watched.session().end(200, false);
	}

	@ParameterizedTest
	@MethodSource("committing")
	void callerLearnsOfItAndNothingOfASuccessIsSent(Committing committing) throws IOException {
		this.manager.failCommits();
		this.response.setStatus(201);
		assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(() -> committing.commit(this.response))
			.withMessage("the commit failed");
		assertThat(this.container.isCommitted()).isFalse();
		assertThat(this.container.getContentAsByteArray()).isEmpty();
		assertThat(this.container.getStatus()).isEqualTo(500);
		assertThat(this.container.getRedirectedUrl()).isNull();
	}

	static List<Committing> committing() {
		return SessionResponseTests.committing();
	}

	@Test
	void whatWasWrittenIsTakenBack() throws IOException {
		this.response.setContentLength(10);
		this.response.getOutputStream().write("says yes".getBytes());
		failCommit();
		assertThat(this.container.getContentAsByteArray()).isEmpty();
		assertThat(this.container.getContentLengthLong()).isNotEqualTo(10);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 302, 404, 409, 500 })
	void laterStatusTellsOfNoSuccess(int status) {
		failCommit();
		this.response.setStatus(status);
		assertThat(this.container.getStatus()).isEqualTo(500);
	}

	@Test
	void laterStatusOfFailureStays() {
		failCommit();
		this.response.setStatus(503);
		assertThat(this.container.getStatus()).isEqualTo(503);
	}

	@Test
	void laterErrorTellsOfNoSuccess() throws IOException {
		failCommit();
		this.response.sendError(404);
		assertThat(this.container.getStatus()).isEqualTo(500);
	}

	@Test
	void laterErrorWithAMessageTellsOfNoSuccess() throws IOException {
		failCommit();
		this.response.sendError(409, "conflict");
		assertThat(this.container.getStatus()).isEqualTo(500);
		assertThat(this.container.getErrorMessage()).isEqualTo("conflict");
	}

	@Test
	void laterErrorOfTheServerStays() throws IOException {
		failCommit();
		this.response.sendError(503);
		assertThat(this.container.getStatus()).isEqualTo(503);
	}

	@Test
	void laterResetTellsOfNoSuccess() {
		failCommit();
		this.response.reset();
		assertThat(this.container.getStatus()).isEqualTo(500);
	}

	@ParameterizedTest
	@MethodSource("redirecting")
	void laterRedirectTellsOfNoSuccess(Committing redirecting) throws IOException {
		failCommit();
		redirecting.commit(this.response);
		assertThat(this.container.getStatus()).isEqualTo(500);
		assertThat(this.container.getRedirectedUrl()).isNull();
	}

	static List<Committing> redirecting() {
		return List.of((response) -> response.sendRedirect("/done"),
				(response) -> response.sendRedirect("/done", false), (response) -> response.sendRedirect("/done", 303),
				(response) -> response.sendRedirect("/done", 303, false));
	}

	@Test
	void bodyOfAnErrorCanBeWrittenAndItsWorkIsRolledBack() throws IOException {
		failCommit();
		this.response.getOutputStream().write("sorry".getBytes());
		this.response.flushBuffer();
		this.watched.session().end(500, false);
		assertThat(this.container.getContentAsString()).isEqualTo("sorry");
		assertThat(this.container.getStatus()).isEqualTo(500);
		assertThat(this.manager.ends()).isNotEmpty().containsOnly(RecordingTransactionManager.ROLLBACK);
	}

	private void failCommit() {
		this.manager.failCommits();
		assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(this.response::flushBuffer);
	}

}
