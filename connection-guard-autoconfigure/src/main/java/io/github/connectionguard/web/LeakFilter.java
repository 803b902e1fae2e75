package io.github.connectionguard.web;

import java.io.IOException;

import io.github.connectionguard.session.Sessions;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.springframework.web.filter.GenericFilterBean;

/**
 * Tells of connections that a request has not given back, where there are no sessions to
 * do so. Leaves the request, the response and the connections as they are.
 */
public final class LeakFilter extends GenericFilterBean {

	private final Sessions sessions;

	/**
	 * Create a filter.
	 * @param sessions knows what a thread has borrowed
	 */
	public LeakFilter(Sessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		Runnable end = this.sessions.watchForLeaks();
		try {
			chain.doFilter(request, response);
		}
		finally {
			if (!request.isAsyncStarted()) {
				end.run();
			}
		}
	}

}
