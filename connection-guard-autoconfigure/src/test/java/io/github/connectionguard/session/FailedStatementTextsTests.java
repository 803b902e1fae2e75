package io.github.connectionguard.session;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for texts of all kinds in a session that fails: each has either begun a unit,
 * with which it is undone, or there is nothing to undo.
 */
class FailedStatementTextsTests extends ScopedWork {

	/**
	 * What only reads.
	 */
	private static final List<String> READS = List.of("SELECT 1", "select name from word", "(SELECT name FROM word)",
			"/* a */ SELECT COUNT(*) FROM word -- b", "SELECT name FROM word WHERE id = 1 UNION SELECT 'x' ORDER BY 1",
			"WITH w AS (SELECT name FROM word) SELECT * FROM w", "SHOW TABLES", "SHOW CREATE TABLE word",
			"SHOW WARNINGS", "EXPLAIN SELECT * FROM word", "DESCRIBE word", "SELECT @@version, @@autocommit",
			"SELECT NOW(), UPPER(name), COALESCE(NULL, 'for update') FROM word",
			"SELECT CONCAT('INSERT INTO word', \" INTO \", `name`) FROM word",
			"SELECT ROW_NUMBER() OVER (ORDER BY id) FROM word", "SELECT EXISTS (SELECT 1 FROM word WHERE id = 2)",
			"SELECT name FROM word LIMIT 1 OFFSET 1", "SELECT GROUP_CONCAT(name) FROM word GROUP BY id HAVING id > 0",
			"SELECT w.name FROM word w JOIN word v USING (id)", "SELECT DATABASE(), USER(), CONNECTION_ID()");

	private static final List<String> READS_OF_MYSQL = List.of("TABLE word", "VALUES ROW(1), ROW(2)",
			"SELECT /*+ MAX_EXECUTION_TIME(1000) */ name FROM word", "SHOW COUNT(*) WARNINGS");

	private static final List<String> READS_OF_MARIADB = List.of("VALUES (1), (2)");

	/**
	 * What writes, may write, or leaves something on its session.
	 */
	private static final List<String> WRITES = List.of("INSERT INTO word (name) VALUES ('x')",
			"insert into word set name = 'x'", "INSERT INTO word (name) SELECT CONCAT(name, 'x') FROM word",
			"INSERT INTO word (id, name) VALUES (1, 'a') ON DUPLICATE KEY UPDATE name = 'x'",
			"INSERT IGNORE INTO word (id, name) VALUES (1, 'x'), (9, 'y')",
			"REPLACE INTO word (id, name) VALUES (1, 'x')", "UPDATE word SET name = CONCAT(name, 'x')",
			"UPDATE word w JOIN word v USING (id) SET w.name = 'x' WHERE v.id = 1", "DELETE FROM word",
			"DELETE w FROM word w WHERE w.id = 1", "/* SELECT */ DELETE FROM word WHERE id = 2",
			"-- SELECT\nUPDATE word SET name = 'x' WHERE id = 1", "CALL add_word('x')", "SELECT added_word('x')",
			"SELECT added_word ('x') FROM word WHERE id = 1", "SELECT `added_word`('x')", "DO added_word('x')",
			"SELECT name FROM word WHERE name = added_word('x')", "SELECT * FROM word FOR UPDATE",
			"SELECT * FROM word LOCK IN SHARE MODE", "SELECT @last := MAX(id) FROM word",
			"SELECT MAX(id) INTO @last FROM word", "SET @a = added_word('x')", "SET @a = 1",
			"CREATE TEMPORARY TABLE temporary_word (id INT)", "SELECT GET_LOCK('word', 0)",
			"SELECT RELEASE_ALL_LOCKS()", "SELECT LAST_INSERT_ID(7)", "SELECT IF(1, added_word('x'), 0)",
			"SELECT (SELECT added_word('x'))", "INSERT INTO word (name) VALUES (added_word('y'))",
			"PREPARE p FROM 'DELETE FROM word'");

	private static final List<String> WRITES_OF_MYSQL = List.of(
			"WITH w AS (SELECT 1 AS id) DELETE FROM word WHERE id = 1",
			"WITH w AS (SELECT 1 AS id) UPDATE word, w SET name = 'x' WHERE word.id = w.id",
			"SELECT * FROM word FOR SHARE", "SELECT * FROM word FOR UPDATE OF word SKIP LOCKED",
			"EXPLAIN ANALYZE SELECT added_word('x')", "/*! INSERT INTO word (name) VALUES ('x') */",
			"INSERT INTO word (name) VALUES ROW('x')", "INSERT INTO word (name) TABLE line");

	private static final List<String> WRITES_OF_MARIADB = List.of("INSERT INTO word (name) VALUES ('x') RETURNING id",
			"DELETE FROM word WHERE id = 1 RETURNING name", "REPLACE INTO word (id, name) VALUES (1, 'x') RETURNING id",
			"SELECT NEXTVAL(numbers)", "SELECT NEXT VALUE FOR numbers", "/*M! INSERT INTO word (name) VALUES ('x') */",
			"ANALYZE UPDATE word SET name = 'x' WHERE id = 1");

	@BeforeEach
	void createWords() throws SQLException {
		String database = database();
		server()
			.execute("CREATE TABLE %s.word (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50))".formatted(database));
		server().execute("INSERT INTO %s.word (name) VALUES ('a'), ('b')".formatted(database));
		server()
			.execute("CREATE PROCEDURE %1$s.add_word(IN added VARCHAR(50)) INSERT INTO %1$s.word (name) VALUES (added)"
				.formatted(database));
		server().execute(("CREATE FUNCTION %1$s.added_word(added VARCHAR(50)) RETURNS INT DETERMINISTIC BEGIN "
				+ "INSERT INTO %1$s.line (name) VALUES (added); RETURN 1; END")
			.formatted(database));
		if (server().isMariaDb()) {
			server().execute("CREATE SEQUENCE %s.numbers".formatted(database));
		}
	}

	@Test
	void readHasNothingToUndo() {
		List<String> texts = with(READS, READS_OF_MYSQL, READS_OF_MARIADB);
		run(SessionMode.UNIT, (context) -> each(context, texts, 0));
	}

	@Test
	void writeIsUndoneWithTheUnitItBegins() {
		List<String> texts = with(WRITES, WRITES_OF_MYSQL, WRITES_OF_MARIADB);
		assertThat(texts).hasSizeGreaterThan(38);
		run(SessionMode.UNIT, (context) -> each(context, texts, 1));
	}

	private List<String> with(List<String> both, List<String> mysql, List<String> mariaDb) {
		return Stream.concat(both.stream(), (server().isMariaDb() ? mariaDb : mysql).stream()).toList();
	}

	private void each(AssertableApplicationContext context, List<String> texts, int held) {
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		HikariDataSource pool = context.getBean(HikariDataSource.class);
		List<String> before = words(jdbc);
		SoftAssertions softly = new SoftAssertions();
		for (String text : texts) {
			IllegalStateException failure = new IllegalStateException();
			softly.assertThatThrownBy(() -> scope(context).run(() -> {
				jdbc.execute(text);
				softly.assertThat(pool.getHikariPoolMXBean().getActiveConnections())
					.as("%s holds", text)
					.isEqualTo(held);
				throw failure;
			})).as(text).isSameAs(failure);
			softly.assertThat(words(jdbc)).as(text).isEqualTo(before);
			softly.assertThat(names()).as(text).isEmpty();
		}
		softly.assertAll();
	}

	private static List<String> words(JdbcTemplate jdbc) {
		return jdbc.queryForList("SELECT CONCAT(id, name) FROM word ORDER BY id", String.class);
	}

}
