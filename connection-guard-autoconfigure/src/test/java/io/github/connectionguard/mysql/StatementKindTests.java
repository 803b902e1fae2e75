package io.github.connectionguard.mysql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a statement may do, told from its text.
 */
class StatementKindTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "select 1", " \t\r\n\f\u000bSeLeCt * from t where id = ?", "((select 1))",
			"(SELECT a FROM t) UNION ALL (SELECT b FROM u) ORDER BY 1 LIMIT 3", "SELECT 1;", "SELECT 1 ; -- end",
			"/* ping */ SELECT 1", "-- first\nSELECT 1", "# first\nSELECT 1", "--\nSELECT 1", "SELECT 1 --",
			"SELECT /*+ MAX_EXECUTION_TIME(1000) NO_INDEX_MERGE(t) */ * FROM t", "SHOW TABLES", "SHOW CREATE TABLE t",
			"SHOW COUNT(*) WARNINGS", "EXPLAIN SELECT * FROM t", "DESCRIBE t", "desc t", "EXPLAIN FOR CONNECTION 5",
			"TABLE t", "VALUES ROW(1, 2), ROW(3, 4)", "VALUES (1), (2)", "WITH c AS (SELECT 1) SELECT * FROM c",
			"WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c " + "WHERE n < 5) SELECT n FROM c",
			"SELECT COUNT(*), MAX(a), coalesce(b, 'x'), CAST(c AS DATETIME(6)), CAST(d AS DECIMAL(10,2)) FROM t",
			"SELECT id FROM t WHERE a IN (?, ?) AND (b = 1 OR c BETWEEN (1) AND (2)) AND NOT (d)",
			"SELECT IF (a, 1, 2), REPLACE(b, 'x', 'y'), INSERT(c, 1, 2, 'z') FROM t",
			"SELECT * FROM t USE INDEX (a) JOIN u USING (id) WHERE MATCH (a) AGAINST (? IN BOOLEAN MODE)",
			"SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM t GROUP BY (c) HAVING (d) > 1",
			"SELECT ';', '; DELETE FROM t', \"FOR UPDATE\", `into` FROM t", "SELECT 'it''s', \"a\"\"b\", `c``d`",
			"SELECT 'a\\\\', 'b\\n', 'c%\\_' FROM t", "SELECT 1 -- into\n FROM t", "SELECT 2--1", "SELECT share FROM t",
			"SELECT value FROM t WHERE `update` = 1", "SELECT * FROM updates, into_x, t_delete", "SELECT @@version",
			"SELECT {fn now()}, {d '2024-01-01'}", "SELECT a FROM t AS u (a)", "SELECT x'41', 1e5, .5, 0x1F",
			"SELECT größe FROM straßen", "SELECT/**/1", "SELECT 1 /*/ ; DELETE */" })
	void knowsWhatOnlyReads(String sql) {
		assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.READ);
	}

	@ParameterizedTest
	@ValueSource(strings = { "INSERT INTO t VALUES (1)", "insert into t select * from u", "UPDATE t SET a = f(1)",
			"DELETE FROM t", "REPLACE INTO t VALUES (1)", "/* x */ Delete from t;",
			"INSERT INTO t (a) VALUES (?) RETURNING id", "WITH c AS (SELECT 1) UPDATE t, c SET a = 1",
			"WITH c AS (SELECT 1) DELETE FROM t", "SELECT * FROM t FOR UPDATE",
			"SELECT * FROM t for/**/update skip locked", "SELECT * FROM t FOR SHARE",
			"SELECT * FROM t LOCK IN SHARE MODE", "SELECT * FROM t FOR UPDATE OF t NOWAIT",
			"(SELECT * FROM t FOR UPDATE) UNION SELECT 1", "SELECT * INTO OUTFILE '/x' FROM t", "SELECT 1 INTO @a",
			"SELECT @a := 1", "SELECT @a:=@a+1 FROM t", "SELECT f(1)", "SELECT f (1)", "SELECT f/**/(1)",
			"SELECT db.f(1)", "SELECT db.count(1)", "SELECT `f`(1)", "SELECT \"f\"(1)", "SELECT `db`.`f`(1)",
			"SELECT GET_LOCK('a', 1)", "SELECT RELEASE_LOCK('a')", "SELECT SLEEP(1)", "SELECT BENCHMARK(1, 1)",
			"SELECT LAST_INSERT_ID(5)", "SELECT NEXTVAL(s)", "SELECT NEXT VALUE FOR s", "SELECT s.nextval",
			"SELECT SETVAL(s, 1)", "SELECT COUNT (*) FROM t", "SELECT nvl(a, b) FROM t", "SELECT any_value(a) FROM t",
			"SELECT * FROM t WHERE a = (SELECT f(1))", "EXPLAIN ANALYZE SELECT 1", "EXPLAIN INSERT INTO t VALUES (1)",
			"SHOW TABLES WHERE f(1)", "SELECT größe(1)", "SELECT against(1)", "SELECT * FROM t PROCEDURE f(1)",
			"SELECT 'a' FROM t -- x\nFOR UPDATE", "SELECT '\\\\' FROM t FOR UPDATE", "SELECT 1--f(1)" })
	void knowsOneStatementThatMayWrite(String sql) {
		assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.WRITE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE t (a int)", "ALTER TABLE t ADD b int", "TRUNCATE TABLE t", "DROP TABLE t",
			"RENAME TABLE t TO u", "CREATE TABLE t AS SELECT f(1)" })
	void knowsWhatChangesTables(String sql) {
		assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.DEFINITION);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ";", "-- nothing", "/* SELECT 1", "?", "1", "SET autocommit = 0",
			"SET STATEMENT max_statement_time = 1 FOR SELECT 1", "BEGIN", "START TRANSACTION", "COMMIT", "ROLLBACK",
			"CALL p()", "{call p()}", "{? = call f()}", "EXECUTE s", "PREPARE s FROM 'SELECT 1'", "XA START 'x'",
			"LOCK TABLES t WRITE", "USE db", "DO f()", "LOAD DATA INFILE 'x' INTO TABLE t", "SAVEPOINT a",
			"ANALYZE SELECT 1", "HANDLER t OPEN", "SELECT 1; SELECT 2", "SELECT 1;;",
			"INSERT INTO t VALUES (1); COMMIT", "SELECT ';'; BEGIN", "/*! SELECT 1 */", "/*!50000 SET autocommit=0 */",
			"/*M! BEGIN */", "SELECT /*! SQL_NO_CACHE */ 1", "INSERT /*!50000 IGNORE */ INTO t VALUES (1)",
			"SELECT 1 /*M!100100 FOR UPDATE */", "SELECT 'a", "SELECT \"a", "SELECT `a", "SELECT 'a\\'",
			"SELECT 'a\\'; BEGIN; -- '", "SELECT \"a\\\"; BEGIN; -- \"", "UPDATE t SET a = 'it\\'s'", "SELECT 1 /* ",
			"SELECT \u0000 1", "SELECTED", "INSERTS INTO t", "`SELECT` 1" })
	void takesAnythingElseForAnything(String sql) {
		assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.OTHER);
	}

	@Test
	void readsALongTextOnceAndWithoutMoreStack() {
		String sql = "SELECT " + "(".repeat(1_000_000) + "'x'" + ")".repeat(1_000_000);

		assertThat(StatementKind.of(sql)).isEqualTo(StatementKind.READ);
	}

}
