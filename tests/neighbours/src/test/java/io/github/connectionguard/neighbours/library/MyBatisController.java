package io.github.connectionguard.neighbours.library;

import java.util.List;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSessionFactory;
import org.jspecify.annotations.Nullable;
import org.mybatis.spring.SqlSessionTemplate;

import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Batches of MyBatis, which are sent when they are flushed, mostly at the commit.
 */
@RestController
@RequestMapping("/mybatis")
class MyBatisController {

	private final SqlSessionTemplate template;

	private final LineMapper simple;

	private final SqlSessionTemplate batches;

	private final LineMapper batch;

	private final TransactionOperations transactions;

	MyBatisController(SqlSessionFactory sessions, TransactionOperations transactions) {
		sessions.getConfiguration().addMapper(LineMapper.class);
		this.template = new SqlSessionTemplate(sessions);
		this.simple = this.template.getMapper(LineMapper.class);
		this.batches = new SqlSessionTemplate(sessions, ExecutorType.BATCH);
		this.batch = this.batches.getMapper(LineMapper.class);
		this.transactions = transactions;
	}

	@GetMapping("/commit")
	String commit() {
		this.transactions.executeWithoutResult((status) -> insertAll("a", "b"));
		return "done";
	}

	@GetMapping("/flush")
	List<String> flush() {
		return this.transactions.execute((status) -> {
			insertAll("a");
			this.batches.flushStatements();
			insertAll("b");
			return this.batch.names();
		});
	}

	/**
	 * Fail in the transaction's commit, which is the first to send anything.
	 */
	@GetMapping("/fail-at-commit")
	String failAtCommit() {
		this.transactions.executeWithoutResult((status) -> insertAll("a", null));
		return "committed";
	}

	@GetMapping("/bare")
	List<String> bare() {
		insertAll("a", "b");
		this.simple.insert("c");
		return this.batch.names();
	}

	@GetMapping("/fail-bare")
	String failBare() {
		insertAll("a", "b");
		throw new IllegalStateException("after the batch");
	}

	/**
	 * Use both kinds of executors, which MyBatis refuses in one transaction.
	 */
	@GetMapping("/mixed")
	String mixed() {
		return this.transactions.execute((status) -> {
			this.simple.insert("a");
			try {
				insertAll("b");
				return "mixed";
			}
			catch (RuntimeException ex) {
				return ex.getClass().getSimpleName();
			}
		});
	}

	private void insertAll(@Nullable String... names) {
		for (@Nullable
		String name : names) {
			this.batch.insert(name);
		}
	}

	/**
	 * Rows, by MyBatis.
	 */
	interface LineMapper {

		@Insert("INSERT INTO line (name) VALUES (#{name,jdbcType=VARCHAR})")
		int insert(@Nullable String name);

		@Select("SELECT name FROM line ORDER BY id")
		List<String> names();

	}

}
