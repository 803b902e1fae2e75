package io.github.connectionguard.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.connectionguard.session.RequestSession;
import io.github.connectionguard.test.RecordingTransactionManager;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link SessionResponse} of which is known how far it was at each commit.
 */
final class WatchedResponse {

	/**
	 * The size of the container's buffer.
	 */
	static final int BUFFER = 1024;

	/**
	 * What is noted of a commit after which the client could not be told otherwise.
	 */
	static final String TOO_LATE = "too late";

	private final RecordingTransactionManager manager = new RecordingTransactionManager();

	private final MockHttpServletResponse container = new MockHttpServletResponse();

	private final List<Object> commits = new ArrayList<>();

	private final RequestSession session;

	private final SessionResponse response;

	WatchedResponse() {
		RequestSession begun = this.manager.sessions().begin();
		assertThat(begun).isNotNull();
		this.session = begun;
		this.response = new SessionResponse(this.container, begun);
		this.container.setBufferSize(BUFFER);
		this.container.setCharacterEncoding(StandardCharsets.UTF_8.name());
		this.manager.atCommit(() -> this.commits
			.add(this.container.isCommitted() ? TOO_LATE : this.container.getContentAsByteArray().length));
	}

	RecordingTransactionManager manager() {
		return this.manager;
	}

	/**
	 * The response of the container, which is committed by more than a buffer.
	 */
	MockHttpServletResponse container() {
		return this.container;
	}

	/**
	 * How many bytes the container had at each commit, or {@link #TOO_LATE}.
	 */
	List<Object> commits() {
		return this.commits;
	}

	RequestSession session() {
		return this.session;
	}

	SessionResponse response() {
		return this.response;
	}

}
