package io.github.connectionguard.web;

import java.io.IOException;
import java.util.List;

import io.github.connectionguard.test.RecordingTransactionManager;
import jakarta.servlet.ServletOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the moment at which a {@link SessionResponse} ends the work.
 */
class SessionResponseTests {

	private static final int BUFFER = WatchedResponse.BUFFER;

	private final WatchedResponse watched = new WatchedResponse();

	private final RecordingTransactionManager manager = this.watched.manager();

	private final MockHttpServletResponse container = this.watched.container();

	private final SessionResponse response = this.watched.response();

	private final List<Object> commits = this.watched.commits();

	@AfterEach
	void endSession() {
		this.watched.session().end(200, false);
	}

	@Test
	void smallWritesEndNothing() throws IOException {
		this.response.getOutputStream().write(new byte[BUFFER - 1]);
		this.response.setStatus(404);
		this.response.setHeader("X-Test", "5");
		assertThat(this.manager.ends()).isEmpty();
	}

	@Test
	void byteThatFillsTheBufferComesAfterTheCommit() throws IOException {
		ServletOutputStream stream = this.response.getOutputStream();
		for (int i = 0; i < BUFFER; i++) {
			stream.write('a');
		}
		assertThat(this.commits).containsExactly(BUFFER - 1);
		assertThat(this.container.getContentAsByteArray()).hasSize(BUFFER);
	}

	@ParameterizedTest
	@ValueSource(ints = { BUFFER, BUFFER + 1, 10 * BUFFER })
	void blockThatFillsTheBufferComesAfterTheCommit(int size) throws IOException {
		this.response.getOutputStream().write(new byte[size]);
		assertThat(this.commits).containsExactly(0);
		assertThat(this.container.getContentAsByteArray()).hasSize(size);
	}

	@Test
	void partOfABlockCountsAlone() throws IOException {
		this.response.getOutputStream().write(new byte[2 * BUFFER], 5, BUFFER - 1);
		assertThat(this.commits).isEmpty();
		this.response.getOutputStream().write(new byte[2 * BUFFER], 5, 1);
		assertThat(this.commits).containsExactly(BUFFER - 1);
	}

	@Test
	void textPrintedToTheStreamCounts() throws IOException {
		this.response.getOutputStream().println("a".repeat(BUFFER));
		assertThat(this.commits).isNotEmpty().first().isNotEqualTo(WatchedResponse.TOO_LATE);
	}

	@ParameterizedTest
	@MethodSource("committing")
	void whateverCommitsTheResponseComesAfterTheCommit(Committing committing) throws IOException {
		committing.commit(this.response);
		assertThat(this.commits).containsExactly(0);
	}

	@ParameterizedTest
	@MethodSource("committing")
	void committedResponseEndsNothingAnyMore(Committing committing) throws IOException {
		this.response.flushBuffer();
		try {
			committing.commit(this.response);
		}
		catch (IllegalStateException ex) {
			assertThat(ex).hasMessageContaining("committed");
		}
		assertThat(this.commits).containsExactly(0);
	}

	static List<Committing> committing() {
		return List.of(SessionResponse::flushBuffer, (response) -> response.getOutputStream().flush(),
				(response) -> response.getOutputStream().close(), (response) -> response.getWriter().flush(),
				(response) -> response.getWriter().close(), (response) -> response.sendError(404),
				(response) -> response.sendError(404, "not here"), (response) -> response.sendRedirect("/other"),
				(response) -> response.sendRedirect("/other", false),
				(response) -> response.sendRedirect("/other", 307),
				(response) -> response.sendRedirect("/other", 307, false),
				(response) -> response.getOutputStream().write(new byte[BUFFER]),
				(response) -> response.getWriter().write("a".repeat(BUFFER)));
	}

	@Test
	void redirectsReachTheContainerAsTheyAre() throws IOException {
		this.response.sendRedirect("/other", 307);
		assertThat(this.container.getStatus()).isEqualTo(307);
		assertThat(this.container.getRedirectedUrl()).isEqualTo("/other");
	}

	@Test
	void errorOfTheServerRollsBack() throws IOException {
		this.response.sendError(503, "busy");
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
		assertThat(this.container.getStatus()).isEqualTo(503);
		assertThat(this.container.getErrorMessage()).isEqualTo("busy");
	}

	@Test
	void flushWithAStatusOfFailureRollsBack() throws IOException {
		this.response.setStatus(500);
		this.response.flushBuffer();
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@ParameterizedTest
	@MethodSource("announcing")
	void byteThatCompletesTheAnnouncedLengthComesAfterTheCommit(Committing announcing) throws IOException {
		announcing.commit(this.response);
		this.response.getOutputStream().write(new byte[9]);
		assertThat(this.commits).isEmpty();
		this.response.getOutputStream().write('a');
		assertThat(this.commits).containsExactly(9);
	}

	static List<Committing> announcing() {
		return List.of((response) -> response.setContentLength(10), (response) -> response.setContentLengthLong(10),
				(response) -> response.setHeader("content-length", "10"),
				(response) -> response.addHeader("Content-Length", "10"),
				(response) -> response.setIntHeader("CONTENT-LENGTH", 10),
				(response) -> response.addIntHeader("Content-Length", 10));
	}

	@Test
	void otherHeadersAnnounceNoLength() throws IOException {
		this.response.setHeader("X-Content-Length", "1");
		this.response.setIntHeader("Retry-After", 1);
		this.response.getOutputStream().write(new byte[9]);
		assertThat(this.commits).isEmpty();
	}

	@Test
	void resetBufferStartsTheCountAnew() throws IOException {
		this.response.getOutputStream().write(new byte[BUFFER - 1]);
		this.response.resetBuffer();
		this.response.getOutputStream().write(new byte[BUFFER - 1]);
		assertThat(this.commits).isEmpty();
		this.response.getOutputStream().write('a');
		assertThat(this.commits).containsExactly(BUFFER - 1);
	}

	@Test
	void resetStartsTheCountAnewAndForgetsTheLength() throws IOException {
		this.response.setContentLength(10);
		this.response.getOutputStream().write(new byte[9]);
		this.response.reset();
		this.container.setBufferSize(BUFFER);
		this.response.getWriter().write("a".repeat(BUFFER - 1));
		assertThat(this.commits).isEmpty();
		this.response.getWriter().write('a');
		assertThat(this.commits).containsExactly(BUFFER - 1);
	}

	@Test
	void streamAndWriterStayTheSame() throws IOException {
		assertThat(this.response.getOutputStream()).isSameAs(this.response.getOutputStream());
		this.response.reset();
		assertThat(this.response.getWriter()).isSameAs(this.response.getWriter());
	}

	@Test
	void otherThreadsEndNothing() throws Exception {
		Thread other = new Thread(() -> this.response.beforeWrite(BUFFER));
		other.start();
		other.join();
		assertThat(this.manager.ends()).isEmpty();
	}

	/**
	 * Something done to a response.
	 */
	@FunctionalInterface
	interface Committing {

		void commit(SessionResponse response) throws IOException;

	}

}
