package io.github.connectionguard.web;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.connectionguard.test.RecordingTransactionManager;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.mvc.annotation.ResponseStatusExceptionResolver;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LostConnectionResolver}.
 */
class LostConnectionResolverTests {

	private static final Exception LOST = new SQLException("gone", new EOFException());

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void comesBeforeTheResolverOfLastResortOnly() {
		List<HandlerExceptionResolver> resolvers = new ArrayList<>(
				List.of(new ResponseStatusExceptionResolver(), new DefaultHandlerExceptionResolver()));
		LostConnectionResolver.addTo(resolvers);
		assertThat(resolvers).extracting(Object::getClass)
			.containsExactly(ResponseStatusExceptionResolver.class, LostConnectionResolver.class,
					DefaultHandlerExceptionResolver.class);
	}

	@Test
	void isNotThereWithoutAResolverOfLastResort() {
		List<HandlerExceptionResolver> resolvers = new ArrayList<>(List.of(new ResponseStatusExceptionResolver()));
		LostConnectionResolver.addTo(resolvers);
		assertThat(resolvers).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource
	void lostConnectionIsThrown(Exception failure) throws Exception {
		inSession((guarded) -> assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> resolve(guarded, failure))
			.withCause(failure));
	}

	static List<Exception> lostConnectionIsThrown() {
		return List.of(LOST, new CannotCreateTransactionException("not begun", LOST));
	}

	@Test
	void otherFailuresAreLeftAlone() throws Exception {
		inSession((guarded) -> {
			resolve(guarded, new EOFException());
			resolve(guarded, new IOException("Broken pipe"));
			resolve(guarded, new SQLException("a mistake"));
			resolve(guarded, new DataAccessResourceFailureException("gone", LOST));
		});
	}

	@Test
	void requestWithoutASessionIsLeftAlone() {
		resolve(this.request, LOST);
	}

	private void resolve(HttpServletRequest request, Exception exception) {
		List<HandlerExceptionResolver> resolvers = new ArrayList<>(List.of(new DefaultHandlerExceptionResolver()));
		LostConnectionResolver.addTo(resolvers);
		assertThat(resolvers.get(0).resolveException(request, this.response, null, exception)).isNull();
	}

	private void inSession(Consumer<HttpServletRequest> work) throws ServletException, IOException {
		new SessionFilter(new RecordingTransactionManager().sessions()).doFilter(this.request, this.response,
				(chainRequest, chainResponse) -> work.accept((HttpServletRequest) chainRequest));
	}

}
