package io.github.connectionguard.web;

import java.sql.SQLException;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.DefaultHandlerExceptionResolver;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Keeps a connection to the database that was lost from being taken for a client that has
 * gone away. Spring MVC does so where a handler throws what has an end of stream among
 * its causes and is no {@code DataAccessException}, as the exception of JDBC itself, or
 * that of a transaction that could not begin: it drops the exception, and the client is
 * told of a success. Comes after the exception handlers of the application and before
 * Spring's resolver of last resort; throws what the container makes an error of.
 */
public final class LostConnectionResolver implements HandlerExceptionResolver {

	private LostConnectionResolver() {
	}

	/**
	 * Add this resolver where it belongs.
	 * @param resolvers the resolvers of Spring MVC
	 */
	public static void addTo(List<HandlerExceptionResolver> resolvers) {
		for (int i = 0; i < resolvers.size(); i++) {
			if (resolvers.get(i) instanceof DefaultHandlerExceptionResolver) {
				resolvers.add(i, new LostConnectionResolver());
				return;
			}
		}
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception exception) {
		if (SessionFilter.sessionOf(request) != null && isOfTheDatabase(exception)
				&& DisconnectedClientHelper.isClientDisconnectedException(exception)) {
			throw new DataAccessResourceFailureException("The connection to the database was lost", exception);
		}
		return null;
	}

	private static boolean isOfTheDatabase(Throwable exception) {
		for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException) {
				return true;
			}
		}
		return false;
	}

}
