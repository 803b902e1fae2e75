package io.github.connectionguard.web;

import java.io.IOException;

import io.github.connectionguard.session.RequestSession;
import io.github.connectionguard.session.Sessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.filter.GenericFilterBean;
import org.springframework.web.util.WebUtils;

/**
 * Puts a session around every request, which ends in a commit or a rollback before the
 * client learns of the outcome, and before another thread goes on with the request. Runs
 * for the dispatches {@code REQUEST} and {@code ASYNC}, each with a session of its own;
 * an error page has none.
 */
public final class SessionFilter extends GenericFilterBean {

	/**
	 * After Spring Security (-100), so that a request that is turned away begins nothing,
	 * and before everything of the application.
	 */
	public static final int ORDER = -50;

	private static final String CALLABLE_SESSION = CallableSession.class.getName();

	private final Sessions sessions;

	private final ExcludedPaths excluded;

	/**
	 * Create a filter for all requests.
	 * @param sessions begins the sessions
	 */
	public SessionFilter(Sessions sessions) {
		this(sessions, ExcludedPaths.NONE);
	}

	/**
	 * Create a filter.
	 * @param sessions begins the sessions
	 * @param excluded the paths whose requests have none
	 */
	public SessionFilter(Sessions sessions, ExcludedPaths excluded) {
		this.sessions = sessions;
		this.excluded = excluded;
	}

	/**
	 * Return the session of a request.
	 * @param request the request
	 * @return the session, or {@code null} if it has none
	 */
	static @Nullable RequestSession sessionOf(HttpServletRequest request) {
		SessionRequest guarded = WebUtils.getNativeRequest(request, SessionRequest.class);
		return (guarded != null) ? guarded.session() : null;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (request instanceof HttpServletRequest httpRequest && response instanceof HttpServletResponse httpResponse
				&& isToHaveSession(httpRequest)) {
			doInSession(httpRequest, httpResponse, chain);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private boolean isToHaveSession(HttpServletRequest request) {
		DispatcherType dispatch = request.getDispatcherType();
		return (dispatch == DispatcherType.REQUEST || dispatch == DispatcherType.ASYNC) && !isInSession(request)
				&& !this.excluded.contain(request);
	}

	/**
	 * Tell whether this filter is in the same chain twice.
	 */
	private static boolean isInSession(HttpServletRequest request) {
		RequestSession session = sessionOf(request);
		return session != null && session.isOpen();
	}

	private void doInSession(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		RequestSession session = this.sessions.begin();
		if (session == null) {
			chain.doFilter(request, response);
			return;
		}
		session.isOf(request.getMethod(), request.getRequestURI());
		SessionResponse guarded = new SessionResponse(response, session);
		WebAsyncManager async = WebAsyncUtils.getAsyncManager(request);
		async.registerCallableInterceptor(CALLABLE_SESSION, new CallableSession(session, guarded, async));
		try {
			chain.doFilter(new SessionRequest(request, session, guarded), guarded);
		}
		catch (Throwable ex) {
			session.endAfter(ex, () -> end(session, request, guarded));
			throw ex;
		}
		end(session, request, guarded);
	}

	private void end(RequestSession session, HttpServletRequest request, SessionResponse response) {
		try {
			session.end(response.getStatus(), request.isAsyncStarted() || session.isWithinEntityManager());
			if (response.isEarly()) {
				session.confirmEarlyResponse();
			}
		}
		catch (RuntimeException ex) {
			response.commitFailed();
			throw ex;
		}
		finally {
			if (session.hasHandedOn()) {
				endLater(session, request);
			}
		}
	}

	private static void endLater(RequestSession session, HttpServletRequest request) {
		if (!request.isAsyncStarted()) {
			EndOfDispatch.end(session, request);
			return;
		}
		try {
			request.getAsyncContext().addListener(new RequestEnd(session));
		}
		catch (IllegalStateException ex) {
			session.endHandedOn(); // the request has been completed meanwhile
		}
	}

}
