package io.github.connectionguard.benchmarks.scale;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the {@link StubServer} says of itself and its sessions.
 */
final class StubAnswers {

	private static final Map<String, String> VARIABLES = Map.ofEntries(Map.entry("autocommit", "1"),
			Map.entry("auto_increment_increment", "1"), Map.entry("character_set_client", "utf8mb4"),
			Map.entry("character_set_connection", "utf8mb4"), Map.entry("character_set_results", "utf8mb4"),
			Map.entry("character_set_server", "utf8mb4"), Map.entry("collation_server", "utf8mb4_0900_ai_ci"),
			Map.entry("collation_connection", "utf8mb4_0900_ai_ci"), Map.entry("init_connect", ""),
			Map.entry("license", "GPL"), Map.entry("lower_case_table_names", "0"),
			Map.entry("max_allowed_packet", "67108864"), Map.entry("max_connections", "2000"),
			Map.entry("max_user_connections", "0"), Map.entry("net_write_timeout", "60"),
			Map.entry("performance_schema", "1"), Map.entry("read_only", "0"), Map.entry("super_read_only", "0"),
			Map.entry("server_uuid", "3e11fa47-71ca-11e1-9e33-c80aa9429562"),
			Map.entry("sql_mode", "STRICT_TRANS_TABLES"), Map.entry("system_time_zone", "UTC"),
			Map.entry("time_zone", "SYSTEM"), Map.entry("transaction_isolation", "REPEATABLE-READ"),
			Map.entry("transaction_read_only", "0"), Map.entry("version", "9.7.0-stub"),
			Map.entry("version_comment", "A stub"));

	private final Duration waitTimeout;

	private final Collection<Long> sessions;

	StubAnswers(Duration waitTimeout, Collection<Long> sessions) {
		this.waitTimeout = waitTimeout;
		this.sessions = sessions;
	}

	ByteBuffer to(String text, long own, StubPackets answer) {
		String statement = text.replaceAll("/\\*.*?\\*/", "").strip();
		String begin = statement.toUpperCase(Locale.ROOT);
		if (begin.startsWith("SELECT ")) {
			return select(statement.substring(7).replace(" limit 1", ""), own, answer);
		}
		if (begin.startsWith("SHOW GLOBAL STATUS")) {
			return answer.rows(List.of("Variable_name", "Value"),
					List.of(List.of("Uptime", Long.toString(System.nanoTime() / 1_000_000_000)),
							List.of("Com_kill", "0"),
							List.of("Threads_connected", Integer.toString(this.sessions.size())),
							List.of("Aborted_clients", "0")));
		}
		if (begin.startsWith("SHOW PROCESSLIST")) {
			List<List<@Nullable String>> rows = new ArrayList<>();
			this.sessions.forEach((id) -> rows.add(List.of(Long.toString(id), "stub", "127.0.0.1:" + id, "",
					(id == own) ? "Query" : "Sleep", "0", "", "")));
			return answer.rows(List.of("Id", "User", "Host", "db", "Command", "Time", "State", "Info"), rows);
		}
		return answer.ok();
	}

	private ByteBuffer select(String list, long own, StubPackets answer) {
		List<String> names = new ArrayList<>();
		List<@Nullable String> values = new ArrayList<>();
		for (String item : list.split(",")) {
			String[] named = item.strip().split("(?i) AS ");
			names.add(named[named.length - 1]);
			values.add(value(named[0], own));
		}
		return answer.rows(names, List.of(values));
	}

	private @Nullable String value(String expression, long own) {
		String name = expression.split(" ")[0].replaceFirst("^@@(session\\.|global\\.)?", "");
		return switch (name) {
			case "wait_timeout", "interactive_timeout" -> Long.toString(this.waitTimeout.toSeconds());
			case "CONNECTION_ID()" -> Long.toString(own);
			case "CURRENT_USER()" -> "stub@%";
			case "NULL" -> null;
			default -> known(name);
		};
	}

	private static String known(String name) {
		String value = VARIABLES.get(name);
		return (value != null) ? value : name; // a literal is its own value
	}

}
