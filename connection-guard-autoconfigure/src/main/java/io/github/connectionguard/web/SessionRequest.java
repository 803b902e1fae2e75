package io.github.connectionguard.web;

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

	private final SessionResponse response;

	SessionRequest(HttpServletRequest request, SessionResponse response) {
		super(request);
		this.response = response;
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
