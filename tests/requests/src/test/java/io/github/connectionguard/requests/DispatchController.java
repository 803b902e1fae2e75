package io.github.connectionguard.requests;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.error.ErrorPageRegistry;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;

/**
 * One handler for each way a request can be dispatched again within its container.
 */
@RestController
@RequestMapping("/dispatch")
class DispatchController implements ErrorPageRegistrar {

	private final RowService rows;

	DispatchController(RowService rows) {
		this.rows = rows;
	}

	@Override
	public void registerErrorPages(ErrorPageRegistry registry) {
		registry.addErrorPages(new ErrorPage(PageException.class, "/dispatch/page"),
				new ErrorPage(HttpStatus.GONE, "/dispatch/page-throws"));
	}

	@GetMapping("/target")
	String target() {
		this.rows.bare("target");
		return "ok";
	}

	@GetMapping("/target-unsent")
	void targetUnsent(HttpServletResponse response) throws IOException {
		this.rows.bare("target");
		response.getWriter().print("not flushed");
	}

	@GetMapping("/target-throws")
	String targetThrows() {
		this.rows.bare("target");
		throw new IllegalStateException("in the target");
	}

	@GetMapping("/target-sends-error")
	void targetSendsError(HttpServletResponse response) throws IOException {
		this.rows.bare("target");
		response.sendError(500);
	}

	@GetMapping("/target-redirects")
	void targetRedirects(HttpServletResponse response) throws IOException {
		this.rows.bare("target");
		response.sendRedirect("/rows/none");
	}

	@GetMapping("/target-is-large")
	void targetIsLarge(HttpServletResponse response) throws IOException {
		this.rows.bare("target");
		response.getWriter().print("x".repeat(100_000));
	}

	@GetMapping("/forward")
	ModelAndView forward(String to) {
		this.rows.bare("first");
		return new ModelAndView("forward:/dispatch/" + to);
	}

	@GetMapping("/include")
	void include(String what, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		this.rows.bare("first");
		request.getRequestDispatcher("/dispatch/" + what).include(request, response);
	}

	@GetMapping("/include-then-throw")
	void includeThenThrow(String what, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		include(what, request, response);
		throw new IllegalStateException("after what was included");
	}

	@GetMapping("/fails-with-a-page")
	String failsWithAPage() {
		this.rows.bare("first");
		throw new PageException();
	}

	@GetMapping("/sends-an-error-with-a-page")
	void sendsAnErrorWithAPage(HttpServletResponse response) throws IOException {
		this.rows.bare("first");
		response.sendError(HttpStatus.GONE.value());
	}

	@GetMapping("/page")
	String page() {
		this.rows.bare("page");
		return "sorry";
	}

	@GetMapping("/page-throws")
	String pageThrows() {
		page();
		throw new IllegalStateException("in the page");
	}

	/**
	 * An exception that has a page of its own.
	 */
	static class PageException extends RuntimeException {

	}

}
