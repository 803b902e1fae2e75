package io.github.connectionguard.neighbours.slices;

import java.util.List;

import io.github.connectionguard.neighbours.SliceDatabase;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The application that is tested.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
class SliceApplication {

	/**
	 * Everything but the starter.
	 */
	static final String PACKAGES = "neighbours.packages=org.springframework.boot.autoconfigure,"
			+ "org.springframework.boot.jdbc,org.springframework.boot.sql,org.springframework.boot.transaction,"
			+ "org.springframework.boot.servlet,org.springframework.boot.webmvc,"
			+ "org.springframework.boot.http.converter,org.springframework.boot.data.jpa,"
			+ "org.springframework.boot.hibernate,org.springframework.boot.jpa,org.springframework.boot.test";

	static final String STARTER = ",io.github.connectionguard.autoconfigure";

	static void addDatabase(DynamicPropertyRegistry registry) {
		SliceDatabase.add(registry);
		registry.add("spring.sql.init.mode", () -> "always");
		registry.add("spring.sql.init.schema-locations", () -> "classpath:line.sql");
	}

	@RestController
	static class LineController {

		private final JdbcTemplate jdbc;

		LineController(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/names")
		List<String> names() {
			return this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class);
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
