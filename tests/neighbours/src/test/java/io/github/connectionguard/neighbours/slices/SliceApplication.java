package io.github.connectionguard.neighbours.slices;

import io.github.connectionguard.neighbours.LineController;
import io.github.connectionguard.neighbours.SliceDatabase;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
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

	/**
	 * The controller in the package of the slice, which is where a slice looks.
	 */
	@RestController
	static class SliceController extends LineController {

		SliceController(JdbcTemplate jdbc) {
			super(jdbc);
		}

	}

}
