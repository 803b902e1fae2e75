package io.github.connectionguard.neighbours.session;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose sessions are in its database.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SessionApplication.Carts.class)
class SessionApplication {

	private static final String LEFT = "left";

	/**
	 * Tells when the thread of a request has left: Spring Session's sessions are for one
	 * thread at a time, and one that leaves writes that of its request.
	 */
	@Bean
	FilterRegistrationBean<Filter> departures() {
		FilterRegistrationBean<Filter> outermost = new FilterRegistrationBean<>((request, response, chain) -> {
			CountDownLatch left = new CountDownLatch(1);
			request.setAttribute(LEFT, left);
			try {
				chain.doFilter(request, response);
			}
			finally {
				left.countDown();
			}
		});
		outermost.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return outermost;
	}

	@RestController
	static class Carts {

		private final JdbcTemplate jdbc;

		Carts(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		private void write(String item) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", item);
		}

		@GetMapping("/cart")
		String show(HttpSession session) {
			return String.valueOf(session.getAttribute("cart"));
		}

		@GetMapping("/put")
		String put(HttpSession session, @RequestParam String item) {
			session.setAttribute("cart", item);
			return item;
		}

		@GetMapping("/put-and-fail")
		String putAndFail(HttpSession session, @RequestParam String item) {
			put(session, item);
			throw new IllegalStateException("The warehouse is closed");
		}

		@GetMapping("/buy")
		String buy(HttpSession session, @RequestParam String item) {
			write(item);
			return put(session, item);
		}

		@GetMapping("/buy-and-fail")
		String buyAndFail(HttpSession session, @RequestParam String item) {
			write("before " + item);
			put(session, item);
			write("after " + item);
			throw new IllegalStateException("The warehouse is closed");
		}

		@GetMapping("/stream")
		void stream(HttpSession session, HttpServletResponse response, @RequestParam String item) throws IOException {
			write(item);
			response.getWriter().print("begun, ");
			response.flushBuffer();
			put(session, item);
			response.getWriter().print("done");
		}

		@GetMapping("/call")
		Callable<String> call(HttpServletRequest request, HttpSession session, @RequestParam String item) {
			CountDownLatch left = (CountDownLatch) Objects.requireNonNull(request.getAttribute(LEFT));
			return () -> {
				left.await();
				return buy(session, item);
			};
		}

		@GetMapping("/change-id")
		String changeId(HttpServletRequest request) {
			String before = request.getSession().getId();
			return request.changeSessionId().equals(before) ? "the same" : "changed";
		}

		@GetMapping("/leave")
		String leave(HttpSession session) {
			session.invalidate();
			return "left";
		}

	}

}
