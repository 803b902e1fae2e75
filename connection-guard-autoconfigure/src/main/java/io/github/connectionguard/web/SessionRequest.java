package io.github.connectionguard.web;

import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request that ends the session's work before it goes on without its thread, as from
 * then on others may write to the response. A commit that fails is thrown where the
 * request was about to go on. As thread-safe as a request is.
 */
final class SessionRequest extends HttpServletRequestWrapper {

	private final RequestSession session;

	private final SessionResponse response;

	SessionRequest(HttpServletRequest request, RequestSession session, SessionResponse response) {
		super(request);
		this.session = session;
		this.response = response;
	}

	RequestSession session() {
		return this.session;
	}

	@Override
	public AsyncContext startAsync() {
		this.response.beforeHandOver();
		return super.startAsync();
	}

	@Override
	public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
		this.response.beforeHandOver();
		return super.startAsync(request, response);
	}

}
