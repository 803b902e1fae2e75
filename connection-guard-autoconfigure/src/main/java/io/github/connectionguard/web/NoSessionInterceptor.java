package io.github.connectionguard.web;

import io.github.connectionguard.session.NoSession;
import io.github.connectionguard.session.RequestSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Ends the unit of work of a request before a handler that is annotated with
 * {@link NoSession}.
 */
public final class NoSessionInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		RequestSession session = SessionFilter.sessionOf(request);
		if (session != null && handler instanceof HandlerMethod method && isOptedOut(method)) {
			session.optOut(response.getStatus());
		}
		return true;
	}

	private static boolean isOptedOut(HandlerMethod method) {
		return method.hasMethodAnnotation(NoSession.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getBeanType(), NoSession.class);
	}

}
