package io.github.connectionguard.web;

import java.io.IOException;

import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.SessionMode;
import io.github.connectionguard.session.Sessions;
import io.github.connectionguard.test.RecordingTransactionManager;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SessionFilter}.
 */
class SessionFilterTests {

	private final RecordingTransactionManager manager = new RecordingTransactionManager();

	private final Sessions sessions = this.manager.sessions();

	private final SessionFilter filter = new SessionFilter(this.sessions);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@AfterEach
	void nothingIsLeft() {
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(SessionFilter.sessionOf(this.request)).isNull();
		assertThatIllegalStateException().isThrownBy(new DatabaseSessionScope(this.sessions)::setRollbackOnly);
	}

	@Test
	void successIsCommittedOnce() throws Exception {
		filter((chainRequest, chainResponse) -> {
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
			assertThat(chainResponse).isInstanceOf(SessionResponse.class);
			assertThat(this.manager.ends()).isEmpty();
			chainResponse.getWriter().write("done");
		});
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
		assertThat(this.response.getContentAsString()).isEqualTo("done");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 409 })
	void returnedClientErrorIsCommitted(int status) throws Exception {
		filter(respond(status));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void returnedServerErrorIsRolledBack(int status) throws Exception {
		filter(respond(status));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void exceptionIsRolledBackAndPassedOn() {
		for (Throwable thrown : new Throwable[] { new IllegalStateException(), new ServletException(),
				new IOException() }) {
			assertThatException().isThrownBy(() -> filter(fail(thrown))).isSameAs(thrown);
			assertThat(thrown).hasNoSuppressedExceptions();
		}
		assertThat(this.manager.ends()).hasSize(3).containsOnly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void errorIsRolledBackAndPassedOn() {
		StackOverflowError thrown = new StackOverflowError();
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> filter(fail(thrown))).isSameAs(thrown);
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void exceptionThatWasHandledIsRolledBack() throws Exception {
		HandlerFailureRecorder recorder = new HandlerFailureRecorder();
		filter((chainRequest, chainResponse) -> {
			recorder.resolveException((HttpServletRequest) chainRequest, (HttpServletResponse) chainResponse, null,
					new IllegalStateException());
			respond(409).doFilter(chainRequest, chainResponse);
		});
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
		assertThat(this.response.getStatus()).isEqualTo(409);
	}

	@Test
	void exceptionHandledOutsideASessionIsLeftAlone() {
		assertThat(new HandlerFailureRecorder().resolveException(this.request, this.response, null,
				new IllegalStateException()))
			.isNull();
	}

	@Test
	void failedCommitReachesTheCallerAndTheClient() {
		this.manager.failCommits();
		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> filter((chainRequest, chainResponse) -> chainResponse.getWriter().write("done")));
		assertThat(this.response.getStatus()).isEqualTo(500);
		assertThat(this.response.getContentAsByteArray()).isEmpty();
	}

	@Test
	void failedCommitAfterAnExceptionDoesNotHideIt() {
		SessionFilter committing = new SessionFilter(
				this.manager.sessions(SessionMode.TRANSACTION, (outcome) -> false));
		this.manager.failCommits();
		IllegalStateException thrown = new IllegalStateException();
		assertThatException().isThrownBy(() -> committing.doFilter(this.request, this.response, fail(thrown)))
			.isSameAs(thrown);
		assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(TransactionSystemException.class);
	}

	@Test
	void policyDecides() throws Exception {
		SessionFilter cautious = new SessionFilter(
				this.manager.sessions(SessionMode.TRANSACTION, (outcome) -> outcome.status() >= 400));
		cautious.doFilter(this.request, this.response, respond(404));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void unitEndsWhenTheRequestGoesOnElsewhere() throws Exception {
		this.request.setAsyncSupported(true);
		filter((chainRequest, chainResponse) -> {
			chainRequest.startAsync(chainRequest, chainResponse);
			assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
		});
		assertThat(this.response.isCommitted()).isFalse();
	}

	@Test
	void asyncDispatchHasASessionOfItsOwn() throws Exception {
		this.request.setDispatcherType(DispatcherType.ASYNC);
		filter(this::hasSession);
		filter(respond(500));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT,
				RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void errorPageHasNoSession() throws Exception {
		this.request.setDispatcherType(DispatcherType.ERROR);
		this.request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/failed");
		filter(this::hasNoSession);
		assertThat(this.manager.ends()).isEmpty();
	}

	@Test
	void filterWithinTheFilterHasNoSessionOfItsOwn() throws Exception {
		filter((chainRequest, chainResponse) -> this.filter.doFilter(chainRequest, chainResponse, respond(200)));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
	}

	@Test
	void nothingIsWrappedWhenSessionsAreOff() throws Exception {
		SessionFilter off = new SessionFilter(this.manager.sessions(SessionMode.OFF, RollbackPolicy.STANDARD));
		off.doFilter(this.request, this.response, this::hasNoSession);
		assertThat(this.manager.ends()).isEmpty();
	}

	private void hasSession(ServletRequest chainRequest, ServletResponse chainResponse) {
		assertThat(chainResponse).isInstanceOf(SessionResponse.class);
		assertThat(SessionFilter.sessionOf((HttpServletRequest) chainRequest)).isNotNull();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
	}

	private void hasNoSession(ServletRequest chainRequest, ServletResponse chainResponse) {
		assertThat(chainResponse).isSameAs(this.response);
		assertThat(SessionFilter.sessionOf((HttpServletRequest) chainRequest)).isNull();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
	}

	private void filter(FilterChain chain) throws ServletException, IOException {
		this.filter.doFilter(this.request, this.response, chain);
	}

	private static FilterChain respond(int status) {
		return (request, response) -> ((HttpServletResponse) response).setStatus(status);
	}

	private static FilterChain fail(Throwable thrown) {
		return (request, response) -> SessionFilterTests.<RuntimeException>raise(thrown);
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void raise(Throwable thrown) throws T {
		throw (T) thrown;
	}

}
