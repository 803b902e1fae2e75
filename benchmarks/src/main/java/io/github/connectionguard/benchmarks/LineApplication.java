package io.github.connectionguard.benchmarks;

import io.github.connectionguard.session.Sessions;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that writes, with or without the guard. Tells where it listens, and ends
 * with its standard input.
 */
public final class LineApplication {

	/**
	 * What precedes what the application tells.
	 */
	static final String LISTENING = "Listening ";

	private LineApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws Exception if it does not start
	 */
	public static void main(String[] arguments) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments)) {
			System.out.printf("%s%s %s%n", LISTENING, context.getEnvironment().getProperty("local.server.port"),
					context.getBeanNamesForType(Sessions.class).length > 0);
			while (System.in.read() != -1) {
				continue;
			}
		}
	}

	/**
	 * What the application is made of.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Lines.class, Requests.class })
	static class Settings {

	}

	/**
	 * A service with a transaction.
	 */
	static class Lines {

		private final JdbcTemplate jdbc;

		Lines(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		void write(String name) {
			this.jdbc.update("INSERT INTO line (name) VALUES (?)", name);
		}

	}

	/**
	 * A handler for each kind of request.
	 */
	@RestController
	static class Requests {

		private final Lines lines;

		Requests(Lines lines) {
			this.lines = lines;
		}

		@GetMapping("/write")
		String write() {
			this.lines.write("a");
			return "written";
		}

		@GetMapping("/none")
		String none() {
			return "none";
		}

	}

}
