package io.github.connectionguard.mysql;

/**
 * The tokens of a statement, one after the other, each with the two before it.
 */
final class StatementTokens {

	private final String sql;

	private final StatementScanner scanner;

	private Token current = Token.END;

	private int start;

	private int end;

	private Token previous = Token.END;

	private int previousStart;

	private int previousEnd;

	private Token beforePrevious = Token.END;

	private int beforePreviousStart;

	private int beforePreviousEnd;

	StatementTokens(String sql) {
		this.sql = sql;
		this.scanner = new StatementScanner(sql);
	}

	/**
	 * Go on to the next token.
	 */
	Token next() {
		this.beforePrevious = this.previous;
		this.beforePreviousStart = this.previousStart;
		this.beforePreviousEnd = this.previousEnd;
		this.previous = this.current;
		this.previousStart = this.start;
		this.previousEnd = this.end;
		this.current = this.scanner.next();
		this.start = this.scanner.start();
		this.end = this.scanner.end();
		return this.current;
	}

	/**
	 * Return the token before the current one.
	 */
	Token previous() {
		return this.previous;
	}

	/**
	 * Return the token before that.
	 */
	Token beforePrevious() {
		return this.beforePrevious;
	}

	boolean is(String word) {
		return StatementWords.compare(word, this.sql, this.start, this.end) == 0;
	}

	boolean isIn(StatementWords words) {
		return words.contain(this.sql, this.start, this.end);
	}

	boolean isPrevious(String word) {
		return StatementWords.compare(word, this.sql, this.previousStart, this.previousEnd) == 0;
	}

	boolean isPreviousIn(StatementWords words) {
		return words.contain(this.sql, this.previousStart, this.previousEnd);
	}

	boolean isBeforePreviousIn(StatementWords words) {
		return words.contain(this.sql, this.beforePreviousStart, this.beforePreviousEnd);
	}

	/**
	 * Tell whether nothing is between the current token and the one before.
	 */
	boolean isAdjacent() {
		return this.previousEnd == this.start;
	}

	/**
	 * Tell whether a parenthesis follows at once.
	 */
	boolean isBeforeOpening() {
		return this.scanner.isBeforeOpening();
	}

	/**
	 * What a token is.
	 */
	enum Token {

		/**
		 * A word, or a number.
		 */
		WORD,

		/**
		 * A name in quotes, or, depending on the {@code sql_mode}, a text.
		 */
		QUOTED, OPENING, CLOSING, DOT, SEMICOLON, ASSIGNMENT, OTHER, END,

		/**
		 * What the servers, or their modes, do not agree upon.
		 */
		UNCLEAR

	}

}
