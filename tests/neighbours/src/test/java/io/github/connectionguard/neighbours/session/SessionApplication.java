package io.github.connectionguard.neighbours.session;

import jakarta.servlet.http.HttpSession;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
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

	@RestController
	static class Carts {

		private final JdbcTemplate jdbc;

		Carts(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
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

		@GetMapping("/buy")
		String buy(HttpSession session, @RequestParam String item) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", item);
			session.setAttribute("cart", item);
			return item;
		}

		@GetMapping("/fail")
		String fail(HttpSession session, @RequestParam String item) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", item);
			session.setAttribute("cart", item);
			throw new IllegalStateException("The warehouse is closed");
		}

		@GetMapping("/leave")
		String leave(HttpSession session) {
			session.invalidate();
			return "left";
		}

	}

}
