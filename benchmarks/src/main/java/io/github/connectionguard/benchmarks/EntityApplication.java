package io.github.connectionguard.benchmarks;

import java.io.IOException;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that reads by a repository of Spring Data JPA, whose finders are
 * transactions that only read, with or without the guard.
 */
public final class EntityApplication {

	private EntityApplication() {
	}

	/**
	 * Run the application.
	 * @param arguments its properties
	 * @throws IOException if it cannot tell when to end
	 */
	public static void main(String[] arguments) throws IOException {
		LineApplication.run(Settings.class, arguments);
	}

	/**
	 * What the application is made of.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableJpaRepositories(considerNestedRepositories = true)
	@EntityScan(basePackageClasses = Line.class)
	@Import(Requests.class)
	static class Settings {

	}

	/**
	 * A row.
	 */
	@Entity
	@Table(name = "line")
	static class Line {

		@Id
		private long id;

		private String name;

		@SuppressWarnings("NullAway.Init")
		protected Line() {
		}

		String name() {
			return this.name;
		}

	}

	/**
	 * The rows.
	 */
	interface Lines extends JpaRepository<Line, Long> {

	}

	/**
	 * The handler.
	 */
	@RestController
	static class Requests {

		private final Lines lines;

		Requests(Lines lines) {
			this.lines = lines;
		}

		@GetMapping("/find")
		String find() {
			return this.lines.findById(1L).map(Line::name).orElseThrow();
		}

	}

}
