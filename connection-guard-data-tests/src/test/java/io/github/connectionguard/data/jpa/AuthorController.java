package io.github.connectionguard.data.jpa;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.session.DatabaseSession;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.session.NoSession;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.ModelAndView;

/**
 * Pages about authors.
 */
@Controller
class AuthorController {

	private static final String PADDING = "x".repeat(50_000);

	private final Authors authors;

	private final JdbcTemplate jdbc;

	private final DataSource dataSource;

	private final DatabaseSessionScope scope;

	AuthorController(Authors authors, JdbcTemplate jdbc, DataSource dataSource, DatabaseSessionScope scope) {
		this.authors = authors;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.scope = scope;
	}

	/**
	 * Binds the form into the loaded author, as Spring MVC is often used.
	 */
	@ModelAttribute
	void load(@PathVariable(required = false) Long id, Model model) {
		if (id != null) {
			model.addAttribute("author", this.authors.findById(id).orElseThrow());
		}
	}

	@PostMapping("/authors/{id}")
	String save(@ModelAttribute("author") Author author, BindingResult result) {
		if (author.getName().isBlank()) {
			result.rejectValue("name", "required", "required");
			return "author";
		}
		this.authors.save(author);
		return "redirect:/authors/" + author.getId();
	}

	@PostMapping("/careful/{id}")
	String saveCarefully(@ModelAttribute("author") Author author, BindingResult result) {
		if (author.getName().isBlank()) {
			this.scope.setRollbackOnly();
			return "author";
		}
		return save(author, result);
	}

	@GetMapping("/authors/{id}")
	String small() {
		return "author";
	}

	@GetMapping("/authors/{id}/large")
	String large(Model model) {
		model.addAttribute("padding", PADDING);
		return "author";
	}

	@GetMapping("/authors/{id}/callable")
	Callable<ModelAndView> callable(@PathVariable long id) {
		return () -> page(id);
	}

	@GetMapping("/others/{author}/callable")
	Callable<ModelAndView> callableThatLoadsFirst(@PathVariable long author) {
		return () -> page(author);
	}

	@GetMapping("/others/{author}/scope")
	@NoSession
	String loadInAScope(@PathVariable long author, Model model) {
		Author loaded = this.scope.call(() -> this.authors.findById(author).orElseThrow());
		model.addAttribute("author", loaded);
		return "author";
	}

	@GetMapping("/authors/{id}/deferred")
	DeferredResult<ModelAndView> deferred(@ModelAttribute("author") Author author) {
		DeferredResult<ModelAndView> result = new DeferredResult<>();
		ForkJoinPool.commonPool()
			.execute(
					() -> result.setResult(new ModelAndView("author", "author", author).addObject("padding", PADDING)));
		return result;
	}

	private ModelAndView page(long id) {
		return new ModelAndView("author", "author", this.authors.findById(id).orElseThrow()).addObject("padding",
				PADDING);
	}

	@GetMapping("/rename")
	@ResponseBody
	String rename() {
		rename(1, "Amy");
		rename(2, "Ben");
		return "renamed";
	}

	@GetMapping("/rename-and-throw")
	@ResponseBody
	String renameAndThrow() {
		rename(1, "Amy");
		throw new IllegalStateException("after the update");
	}

	@GetMapping("/rename-and-opt-out")
	@NoSession
	@ResponseBody
	String renameAndOptOut() {
		return renameAndThrow();
	}

	@GetMapping("/rename-only-reading")
	@DatabaseSession(readOnly = true)
	@ResponseBody
	String renameOnlyReading() {
		this.jdbc.update("UPDATE author SET name = 'Amy' WHERE id = 1");
		return "renamed";
	}

	@GetMapping("/leak")
	@ResponseBody
	String leak() throws SQLException {
		return String.valueOf(this.dataSource.getConnection().isReadOnly());
	}

	private void rename(long id, String name) {
		Author author = this.authors.findById(id).orElseThrow();
		author.setName(name);
		this.authors.save(author);
	}

	@GetMapping("/isolation")
	@DatabaseSession(isolation = Isolation.READ_COMMITTED)
	@ResponseBody
	String isolation() {
		return this.authors.count() + " "
				+ this.jdbc.queryForObject("SELECT @@session.transaction_isolation", String.class);
	}

	@GetMapping("/idle")
	ResponseEntity<List<Integer>> idle() {
		HikariDataSource pool = DataSourceUnwrapper.unwrap(this.dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		return ResponseEntity.ok(List.of((pool != null) ? pool.getHikariPoolMXBean().getActiveConnections() : -1));
	}

}
