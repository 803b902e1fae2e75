package io.github.connectionguard.mysql;

import io.github.connectionguard.mysql.StatementTokens.Token;

/**
 * Reads the text of a statement once, from its first word to its end.
 */
final class StatementReader {

	private static final StatementWords READING = new StatementWords("""
			DESC DESCRIBE EXPLAIN SELECT SHOW TABLE VALUES WITH
			""");

	private static final StatementWords WRITING = new StatementWords("""
			DELETE INSERT REPLACE UPDATE
			""");

	private static final StatementWords DEFINING = new StatementWords("""
			ALTER CREATE DROP RENAME TRUNCATE
			""");

	/**
	 * Words that what only reads does without.
	 */
	private static final StatementWords MAY_WRITE = new StatementWords("""
			ANALYZE DELETE INTO NEXTVAL UPDATE
			""");

	/**
	 * Functions as well as statements.
	 */
	private static final StatementWords INSERTING = new StatementWords("INSERT REPLACE");

	private static final StatementWords BEFORE_SHARE = new StatementWords("FOR IN");

	private static final StatementWords BEFORE_NAME = new StatementWords("AS RECURSIVE WITH");

	private static final String AGAINST = "AGAINST";

	private static final String NEXT = "NEXT";

	private static final String SHARE = "SHARE";

	private static final String VALUE = "VALUE";

	private final StatementTokens tokens;

	StatementReader(String sql) {
		this.tokens = new StatementTokens(sql);
	}

	StatementKind kind() {
		Token token = this.tokens.next();
		while (token == Token.OPENING) {
			token = this.tokens.next();
		}
		if (token != Token.WORD) {
			return StatementKind.OTHER;
		}
		if (this.tokens.isIn(READING)) {
			return restOf(StatementKind.READ);
		}
		if (this.tokens.isIn(WRITING)) {
			return restOf(StatementKind.WRITE);
		}
		return this.tokens.isIn(DEFINING) ? restOf(StatementKind.DEFINITION) : StatementKind.OTHER;
	}

	private StatementKind restOf(StatementKind beginning) {
		StatementKind kind = beginning;
		for (Token token = this.tokens.next(); token != Token.END; token = this.tokens.next()) {
			if (token == Token.UNCLEAR) {
				return StatementKind.OTHER;
			}
			if (token == Token.SEMICOLON) {
				return (this.tokens.next() == Token.END) ? kind : StatementKind.OTHER;
			}
			if (kind == StatementKind.READ && mayWrite(token)) {
				kind = StatementKind.WRITE;
			}
		}
		return kind;
	}

	private boolean mayWrite(Token token) {
		return switch (token) {
			case ASSIGNMENT -> true;
			case WORD -> isWriting();
			case OPENING -> isUnknownCall();
			default -> false;
		};
	}

	private boolean isWriting() {
		return this.tokens.isIn(MAY_WRITE) || (this.tokens.isIn(INSERTING) && !this.tokens.isBeforeOpening())
				|| (this.tokens.is(SHARE) && this.tokens.isPreviousIn(BEFORE_SHARE))
				|| (this.tokens.is(VALUE) && this.tokens.isPrevious(NEXT));
	}

	/**
	 * Tell whether what stands before a parenthesis is the name of a function that is not
	 * known to be harmless: a stored one may write, and some built-in ones lock or wait.
	 * A blank between lets a stored one stand in for some of those built in.
	 */
	private boolean isUnknownCall() {
		return switch (this.tokens.previous()) {
			case QUOTED -> !this.tokens.isBeforePreviousIn(BEFORE_NAME);
			case WORD -> isUnknownName();
			default -> false;
		};
	}

	private boolean isUnknownName() {
		if (this.tokens.beforePrevious() == Token.DOT) {
			return true;
		}
		if (this.tokens.isPreviousIn(StatementWords.BEFORE_PARENTHESIS)
				|| this.tokens.isBeforePreviousIn(BEFORE_NAME)) {
			return false;
		}
		if (this.tokens.isPrevious(AGAINST)) {
			return this.tokens.beforePrevious() != Token.CLOSING;
		}
		return !this.tokens.isAdjacent() || !this.tokens.isPreviousIn(StatementWords.HARMLESS_FUNCTIONS);
	}

}
