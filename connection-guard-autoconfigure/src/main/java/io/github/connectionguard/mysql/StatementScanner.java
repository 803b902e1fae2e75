package io.github.connectionguard.mysql;

import io.github.connectionguard.mysql.StatementTokens.Token;

/**
 * Finds where the tokens of a statement begin and end, as both servers see it whatever
 * their {@code sql_mode}.
 */
final class StatementScanner {

	private final String sql;

	private int start;

	private int position;

	StatementScanner(String sql) {
		this.sql = sql;
	}

	/**
	 * Go on to the next token.
	 */
	Token next() {
		if (!skipBlanks()) {
			return Token.UNCLEAR;
		}
		this.start = this.position;
		return read();
	}

	/**
	 * Return where the current token begins.
	 */
	int start() {
		return this.start;
	}

	/**
	 * Return where the current token has ended.
	 */
	int end() {
		return this.position;
	}

	/**
	 * Tell whether a parenthesis follows at once.
	 */
	boolean isBeforeOpening() {
		return at(this.position) == '(';
	}

	private char at(int index) {
		return (index < this.sql.length()) ? this.sql.charAt(index) : 0;
	}

	/**
	 * Skip blanks and comments.
	 * @return false where a comment may be run, or has no end
	 */
	private boolean skipBlanks() {
		while (this.position < this.sql.length()) {
			char c = at(this.position);
			if (c == '#' || (c == '-' && isDashComment())) {
				skipLine();
			}
			else if (c == '/' && at(this.position + 1) == '*') {
				if (!skipComment()) {
					return false;
				}
			}
			else if (isBlank(c)) {
				this.position++;
			}
			else {
				return true;
			}
		}
		return true;
	}

	private static boolean isBlank(char c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	private boolean isDashComment() {
		int after = this.position + 2;
		return at(this.position + 1) == '-' && (after >= this.sql.length() || isBlank(at(after)));
	}

	private void skipLine() {
		int line = this.sql.indexOf('\n', this.position);
		this.position = (line < 0) ? this.sql.length() : line + 1;
	}

	private boolean skipComment() {
		char mark = at(this.position + 2);
		int close = this.sql.indexOf("*/", this.position + 2);
		if (close < 0 || mark == '!' || ((mark == 'M' || mark == 'm') && at(this.position + 3) == '!')) {
			return false;
		}
		this.position = close + 2;
		return true;
	}

	private Token read() {
		if (this.position == this.sql.length()) {
			return Token.END;
		}
		char c = at(this.position++);
		return switch (c) {
			case 0 -> Token.UNCLEAR;
			case '\'' -> quoted(c, Token.OTHER);
			case '"', '`' -> quoted(c, Token.QUOTED);
			case '(' -> Token.OPENING;
			case ')' -> Token.CLOSING;
			case '.' -> Token.DOT;
			case ';' -> Token.SEMICOLON;
			case ':' -> (at(this.position) == '=') ? Token.ASSIGNMENT : Token.OTHER;
			default -> isPartOfWord(c) ? word() : Token.OTHER;
		};
	}

	private static boolean isPartOfWord(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
				|| c >= 0x80;
	}

	private Token word() {
		while (isPartOfWord(at(this.position))) {
			this.position++;
		}
		return Token.WORD;
	}

	/**
	 * Read to the closing quote. Whether a backslash before one escapes it is a matter of
	 * the {@code sql_mode}.
	 */
	private Token quoted(char quote, Token token) {
		while (this.position < this.sql.length()) {
			char c = at(this.position++);
			if (c == quote) {
				if (at(this.position) != quote) {
					return token;
				}
				this.position++;
			}
			else if (c == '\\' && quote != '`') {
				if (at(this.position) == quote) {
					return Token.UNCLEAR;
				}
				this.position++;
			}
		}
		return Token.UNCLEAR;
	}

}
