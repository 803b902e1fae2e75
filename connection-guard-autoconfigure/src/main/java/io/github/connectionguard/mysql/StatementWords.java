package io.github.connectionguard.mysql;

import java.util.Arrays;

/**
 * A set of words in capitals, in which parts of a text are found without a copy of them.
 */
final class StatementWords {

	/**
	 * Reserved words after which a parenthesis is no call.
	 */
	static final StatementWords BEFORE_PARENTHESIS = new StatementWords("""
			ALL AND AS BETWEEN BINARY BY CASE CHAR DECIMAL DISTINCT DIV ELSE EXCEPT EXISTS FROM HAVING IF IN INDEX
			INTERSECT INTERVAL JOIN KEY LIKE MATCH MOD NOT ON OR OVER PARTITION REGEXP RLIKE ROW SELECT STRAIGHT_JOIN
			THEN UNION USING VALUES VARCHAR WHEN WHERE XOR
			""");

	/**
	 * Functions that both servers have built in, so that no stored one can take their
	 * place, and that neither change nor wait for anything.
	 */
	static final StatementWords HARMLESS_FUNCTIONS = new StatementWords("""
			ABS ACOS ADDDATE ADDTIME AES_DECRYPT AES_ENCRYPT ASCII ASIN ATAN ATAN2 AVG BIN BIT_AND BIT_COUNT BIT_LENGTH
			BIT_OR BIT_XOR CAST CEIL CEILING CHAR CHARACTER_LENGTH CHARSET CHAR_LENGTH COALESCE COERCIBILITY COLLATION
			COMPRESS CONCAT CONCAT_WS CONNECTION_ID CONV CONVERT CONVERT_TZ COS COT COUNT CRC32 CUME_DIST CURDATE
			CURRENT_DATE CURRENT_ROLE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURTIME DATABASE DATE DATEDIFF
			DATE_ADD DATE_FORMAT DATE_SUB DAY DAYNAME DAYOFMONTH DAYOFWEEK DAYOFYEAR DEFAULT DEGREES DENSE_RANK ELT EXP
			EXPORT_SET EXTRACT EXTRACTVALUE FIELD FIND_IN_SET FIRST_VALUE FLOOR FORMAT FOUND_ROWS FROM_BASE64 FROM_DAYS
			FROM_UNIXTIME GREATEST GROUP_CONCAT HEX HOUR IFNULL INET6_ATON INET6_NTOA INET_ATON INET_NTOA INSERT INSTR
			ISNULL IS_IPV4 IS_IPV6 JSON_ARRAY JSON_ARRAYAGG JSON_ARRAY_APPEND JSON_ARRAY_INSERT JSON_CONTAINS
			JSON_CONTAINS_PATH JSON_DEPTH JSON_EXTRACT JSON_INSERT JSON_KEYS JSON_LENGTH JSON_MERGE_PATCH
			JSON_MERGE_PRESERVE JSON_OBJECT JSON_OBJECTAGG JSON_QUOTE JSON_REMOVE JSON_REPLACE JSON_SEARCH JSON_SET
			JSON_TABLE JSON_TYPE JSON_UNQUOTE JSON_VALID JSON_VALUE LAG LAST_DAY LAST_VALUE LCASE LEAD LEAST LEFT LENGTH
			LN LOCALTIME LOCALTIMESTAMP LOCATE LOG LOG10 LOG2 LOWER LPAD LTRIM MAKEDATE MAKETIME MAKE_SET MAX MD5
			MICROSECOND MID MIN MINUTE MONTH MONTHNAME NOW NTH_VALUE NTILE NULLIF OCT OCTET_LENGTH ORD PERCENT_RANK
			PERIOD_ADD PERIOD_DIFF PI POSITION POW POWER QUARTER QUOTE RADIANS RAND RANK REGEXP_INSTR REGEXP_REPLACE
			REGEXP_SUBSTR REPEAT REPLACE REVERSE RIGHT ROUND ROW_COUNT ROW_NUMBER RPAD RTRIM SCHEMA SECOND SEC_TO_TIME
			SESSION_USER SHA SHA1 SHA2 SIGN SIN SOUNDEX SPACE SQRT STD STDDEV STDDEV_POP STDDEV_SAMP STRCMP STR_TO_DATE
			ST_ASTEXT ST_CONTAINS ST_DISTANCE ST_GEOMFROMTEXT ST_INTERSECTS ST_WITHIN ST_X ST_Y SUBDATE SUBSTR SUBSTRING
			SUBSTRING_INDEX SUBTIME SUM SYSDATE SYSTEM_USER TAN TIME TIMEDIFF TIMESTAMP TIMESTAMPADD TIMESTAMPDIFF
			TIME_FORMAT TIME_TO_SEC TO_BASE64 TO_DAYS TO_SECONDS TRIM TRUNCATE UCASE UNCOMPRESS UNCOMPRESSED_LENGTH
			UNHEX UNIX_TIMESTAMP UPDATEXML UPPER USER UTC_DATE UTC_TIME UTC_TIMESTAMP UUID UUID_SHORT VARIANCE VAR_POP
			VAR_SAMP VERSION WEEK WEEKDAY WEEKOFYEAR WEIGHT_STRING YEAR YEARWEEK
			""");

	private final String[] words;

	/**
	 * Create a set.
	 * @param words the words in capitals, separated by blanks
	 */
	StatementWords(String words) {
		this.words = words.trim().split("\\s+");
		Arrays.sort(this.words);
	}

	/**
	 * Tell whether a part of a text, in any case, is one of the words.
	 */
	boolean contain(String text, int start, int end) {
		int low = 0;
		int high = this.words.length - 1;
		while (low <= high) {
			int middle = (low + high) >>> 1;
			int order = compare(this.words[middle], text, start, end);
			if (order == 0) {
				return true;
			}
			if (order < 0) {
				low = middle + 1;
			}
			else {
				high = middle - 1;
			}
		}
		return false;
	}

	/**
	 * Compare a word in capitals to a part of a text in any case.
	 */
	static int compare(String word, String text, int start, int end) {
		int length = end - start;
		int common = Math.min(word.length(), length);
		for (int i = 0; i < common; i++) {
			int order = word.charAt(i) - capital(text.charAt(start + i));
			if (order != 0) {
				return order;
			}
		}
		return word.length() - length;
	}

	private static char capital(char c) {
		return (c >= 'a' && c <= 'z') ? (char) (c - 'a' + 'A') : c;
	}

}
