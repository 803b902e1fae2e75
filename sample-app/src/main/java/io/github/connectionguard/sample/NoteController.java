package io.github.connectionguard.sample;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reads and writes notes, without a transaction in sight.
 */
@RestController
@RequestMapping("/notes")
class NoteController {

	private final JdbcClient jdbc;

	NoteController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping
	List<Note> list() {
		return this.jdbc.sql("SELECT id, text FROM note ORDER BY id")
			.query((row, number) -> new Note(row.getLong("id"), row.getString("text")))
			.list();
	}

	@PostMapping
	String add(@RequestParam String text) {
		insert(text);
		return "noted: " + text + "\n";
	}

	@PostMapping("/broken")
	String addAndThrow(@RequestParam String text) {
		insert(text);
		throw new IllegalStateException("after the row was written");
	}

	@PostMapping("/slow")
	String addSlowly(@RequestParam String text) {
		insert(text);
		this.jdbc.sql("SELECT SLEEP(0.1)").query().singleValue();
		return "noted: " + text + "\n";
	}

	private void insert(String text) {
		this.jdbc.sql("INSERT INTO note (text) VALUES (?)").param(text).update();
	}

}
