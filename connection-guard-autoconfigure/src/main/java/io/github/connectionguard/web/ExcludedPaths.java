package io.github.connectionguard.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The paths, within the application, whose requests have no session.
 */
public final class ExcludedPaths {

	/**
	 * No path is excluded.
	 */
	public static final ExcludedPaths NONE = new ExcludedPaths(List.of());

	private final List<PathPattern> patterns;

	private ExcludedPaths(List<PathPattern> patterns) {
		this.patterns = patterns;
	}

	/**
	 * Exclude the paths that match one of these patterns.
	 * @param patterns patterns as Spring MVC has them, such as {@code /static/**}
	 * @return the paths
	 * @throws IllegalArgumentException if one is no pattern, saying which and why
	 */
	public static ExcludedPaths of(List<String> patterns) {
		return new ExcludedPaths(patterns.stream().map(ExcludedPaths::parse).toList());
	}

	private static PathPattern parse(String pattern) {
		if (!pattern.startsWith("/")) {
			throw new IllegalArgumentException("'%s' does not begin with a '/'".formatted(pattern));
		}
		try {
			return PathPatternParser.defaultInstance.parse(pattern);
		}
		catch (PatternParseException ex) {
			throw new IllegalArgumentException("'%s' is no path pattern: %s".formatted(pattern, ex.getMessage()), ex);
		}
	}

	/**
	 * Tell whether a request is for one of these paths. Path parameters do not matter.
	 * @param request the request
	 * @return whether it is
	 */
	boolean contain(HttpServletRequest request) {
		if (this.patterns.isEmpty()) {
			return false;
		}
		PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
			.pathWithinApplication();
		return this.patterns.stream().anyMatch((pattern) -> pattern.matches(path));
	}

}
