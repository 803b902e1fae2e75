package io.github.connectionguard.benchmarks.faults.application;

import java.io.IOException;

import javax.sql.DataSource;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A web application that reads a row, and writes one in a transaction. Its pool is the
 * one that Spring Boot makes, or the one of {@link OtherPool} that the property
 * {@code other-pool} names. Tells where it listens, and ends with its standard input.
 */
public final class FaultApplication {

	/**
	 * What precedes what the application tells.
	 */
	public static final String LISTENING = "Listening ";

	private FaultApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws IOException if its input cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments)) {
			System.out.println(LISTENING + context.getEnvironment().getProperty("local.server.port"));
			while (System.in.read() != -1) {
				continue;
			}
		}
		finally {
			// no request may keep alive what nobody listens to
			Runtime.getRuntime().halt(0);
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

		@Bean
		@ConditionalOnProperty("other-pool")
		DataSource dataSource(Environment environment) throws Exception {
			OtherPool pool = environment.getRequiredProperty("other-pool", OtherPool.class);
			return pool.open(environment.getRequiredProperty("spring.datasource.url"),
					environment.getRequiredProperty("spring.datasource.username"),
					environment.getRequiredProperty("spring.datasource.password"),
					environment.getRequiredProperty("lifetime-seconds", Integer.class));
		}

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
		void write(long id, double hold) {
			this.jdbc.update("INSERT INTO line (id, held) VALUES (?, SLEEP(?))", id, hold);
		}

		String read(long id) {
			return String.valueOf(this.jdbc.queryForObject("SELECT COUNT(*) FROM line WHERE id = ?", Long.class, id));
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

		@PostMapping("/write")
		String write(@RequestParam("id") long id, @RequestParam("hold") double hold) {
			this.lines.write(id, hold);
			return "written";
		}

		@GetMapping("/read")
		String read(@RequestParam("id") long id) {
			return this.lines.read(id);
		}

	}

}
