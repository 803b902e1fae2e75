package io.github.connectionguard.neighbours;

import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes lines by whichever context has the database.
 */
@RestController
public class LineController {

	private final JdbcTemplate jdbc;

	/**
	 * Create a controller.
	 * @param jdbc the database
	 */
	public LineController(JdbcTemplate jdbc) {
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

	@GetMapping("/count")
	int count() {
		return this.jdbc.queryForList("SELECT name FROM line", String.class).size();
	}

	@GetMapping("/names")
	List<String> names() {
		return this.jdbc.queryForList("SELECT name FROM line ORDER BY id", String.class);
	}

}
