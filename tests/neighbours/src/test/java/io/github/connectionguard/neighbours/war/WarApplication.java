package io.github.connectionguard.neighbours.war;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that a container starts.
 */
public class WarApplication extends SpringBootServletInitializer {

	@Override
	protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
		return builder.sources(Lines.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(LineController.class)
	static class Lines {

	}

	@RestController
	static class LineController {

		private final JdbcTemplate jdbc;

		LineController(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/write")
		String write(@RequestParam String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
			return name;
		}

		@GetMapping("/fail")
		String fail(@RequestParam String name) {
			write(name);
			throw new IllegalStateException("after the write");
		}

	}

}
