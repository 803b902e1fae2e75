package io.github.connectionguard.requests;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter of the application that writes a row, on demand, before any handler does.
 */
@Component
class EarlyRow extends OncePerRequestFilter {

	private final RowService rows;

	EarlyRow(RowService rows) {
		this.rows = rows;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String name = request.getParameter("early");
		if (name != null) {
			this.rows.bare(name);
		}
		chain.doFilter(request, response);
	}

}
