package io.github.connectionguard.benchmarks.startup;

import java.io.IOException;
import java.util.Arrays;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application with a JDBC pool, which knows nothing of the guard. Tells where it
 * listens, and ends with its standard input.
 */
public final class PlainApplication {

	/**
	 * What precedes the port and whether there is a guard.
	 */
	static final String LISTENING = "Listening on ";

	private PlainApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws IOException if it cannot tell when to end
	 */
	public static void main(String[] arguments) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments)) {
			boolean guarded = Arrays.stream(context.getBeanDefinitionNames())
				.anyMatch((name) -> name.startsWith("connectionGuard"));
			System.out.printf("%s%s %s%n", LISTENING, context.getEnvironment().getProperty("local.server.port"),
					guarded);
			while (System.in.read() != -1) {
				continue;
			}
		}
	}

	/**
	 * What the application is made of.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { DataJpaRepositoriesAutoConfiguration.class, HibernateJpaAutoConfiguration.class })
	@Import(Reads.class)
	static class Settings {

	}

	/**
	 * The handler.
	 */
	@RestController
	static class Reads {

		private final JdbcTemplate jdbc;

		Reads(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/")
		String read() {
			return String.valueOf(this.jdbc.queryForObject("SELECT 1", Integer.class));
		}

	}

}
