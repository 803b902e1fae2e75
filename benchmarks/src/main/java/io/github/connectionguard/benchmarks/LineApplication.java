package io.github.connectionguard.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import io.github.connectionguard.session.Sessions;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that reads and writes, with or without the guard. Tells where it
 * listens, and for each byte of its standard input how long its code has been compiled;
 * ends with that input.
 */
public final class LineApplication {

	/**
	 * What precedes what the application tells.
	 */
	static final String LISTENING = "Listening ";

	/**
	 * What precedes the milliseconds for which it was compiled.
	 */
	static final String COMPILED = "Compiled ";

	private LineApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws Exception if it does not start
	 */
	public static void main(String[] arguments) throws Exception {
		run(Settings.class, arguments);
	}

	static void run(Class<?> settings, String[] arguments) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(settings).bannerMode(Banner.Mode.OFF)
			.run(arguments)) {
			System.out.printf("%s%s %s%n", LISTENING, context.getEnvironment().getProperty("local.server.port"),
					context.getBeanNamesForType(Sessions.class).length > 0);
			while (System.in.read() != -1) {
				System.out.printf("%s%s%n", COMPILED,
						ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
			}
		}
	}

	/**
	 * What the application is made of.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { DataJpaRepositoriesAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
	@Import({ Lines.class, Requests.class })
	static class Settings {

	}

	/**
	 * A service with transactions.
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

		@Transactional(readOnly = true)
		String readOnly() {
			return read();
		}

		String read() {
			return String.valueOf(this.jdbc.queryForObject("SELECT name FROM line WHERE id = 1", String.class));
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

		@GetMapping("/read")
		String read() {
			return this.lines.read();
		}

		@GetMapping("/read-only")
		String readOnly() {
			return this.lines.readOnly();
		}

		@GetMapping("/none")
		String none() {
			return "none";
		}

	}

}
