package io.github.connectionguard.data.matrix;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Waits for the client's first look when a handler's response was sent, within the
 * session filter.
 */
final class FirstLookFilter implements Filter {

	private final FirstLook firstLook;

	FirstLookFilter(FirstLook firstLook) {
		this.firstLook = firstLook;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		try {
			chain.doFilter(request, response);
		}
		finally {
			if (response.isCommitted() && !request.isAsyncStarted() && !isSentLater((HttpServletRequest) request)) {
				this.firstLook.await();
			}
		}
	}

	/**
	 * An error or a redirect counts as committed, though the container sends it after all
	 * filters.
	 */
	private static boolean isSentLater(HttpServletRequest request) {
		String path = request.getRequestURI();
		return RequestOutcome.ofPath(path.substring(path.lastIndexOf('/') + 1)).isSentByTheContainer();
	}

}
