package io.github.connectionguard.benchmarks.faults;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who is compared: a pool as it is set, with the application around it.
 */
enum Contender {

	HIKARI("HikariCP as it comes", ""),

	HIKARI_EXPERT("HikariCP by an expert", ""),

	HIKARI_GUARDED("HikariCP guarded", ""),

	TOMCAT("Tomcat JDBC", ""),

	DBCP2("DBCP2", ""),

	DRUID("Druid", ""),

	AGROAL("Agroal", ""),

	C3P0("c3p0", ""),

	VIBUR("Vibur", ""),

	MARIADB("MariaDB's own pool", ""),

	PRE_PING("SQLAlchemy `pool_pre_ping`", "pre-ping"),

	RECYCLE("SQLAlchemy `pool_recycle`", "recycle"),

	DJANGO("Django `CONN_HEALTH_CHECKS`", "django");

	/**
	 * What an expert says beside the pool: how long to connect and to wait for an answer.
	 */
	private static final String LIMITS = "&connectTimeout=5000&socketTimeout=30000";

	private final String title;

	private final String python;

	Contender(String title, String python) {
		this.title = title;
		this.python = python;
	}

	String title() {
		return this.title;
	}

	/**
	 * Returns the name of its account and of its database.
	 */
	String account() {
		return "pool_" + name().toLowerCase(Locale.ROOT);
	}

	boolean isPython() {
		return !this.python.isEmpty();
	}

	/**
	 * Returns why it cannot run on this machine.
	 * @return the reason, empty if it can
	 */
	Optional<String> missing() {
		return switch (this) {
			case PRE_PING, RECYCLE -> Python.lacks("sqlalchemy", "1.4").or(() -> Python.lacks("MySQLdb", "1.4"));
			// whose setting came with 4.1
			case DJANGO -> Python.lacks("django", "4.1").or(() -> Python.lacks("MySQLdb", "1.4.3"));
			default -> Optional.empty();
		};
	}

	/**
	 * Returns how the application knows its pool.
	 */
	String python() {
		return this.python;
	}

	/**
	 * Returns what the JVM has to be told.
	 */
	List<String> options() {
		return (this == HIKARI_EXPERT) ? List.of("-Dcom.zaxxer.hikari.aliveBypassWindowMs=-1") : List.of();
	}

	/**
	 * Returns the properties of the application.
	 * @param url where the database is
	 * @param lifetime how many seconds an expert lets a connection live
	 */
	List<String> properties(String url, int lifetime) {
		return switch (this) {
			case HIKARI -> List.of("--spring.datasource.url=" + url, "--connection-guard.enabled=false");
			case HIKARI_GUARDED -> List.of("--spring.datasource.url=" + url);
			case HIKARI_EXPERT -> List.of("--spring.datasource.url=" + url + LIMITS, "--connection-guard.enabled=false",
					"--spring.datasource.hikari.max-lifetime=" + lifetime * 1000,
					"--spring.datasource.hikari.keepalive-time=30000",
					"--spring.datasource.hikari.validation-timeout=2000",
					"--spring.datasource.hikari.exception-override-class-name="
							+ "io.github.connectionguard.benchmarks.faults.application.ReadOnlyEviction");
			default -> List.of("--spring.datasource.url=" + url + LIMITS, "--connection-guard.enabled=false",
					"--other-pool=" + name(), "--lifetime-seconds=" + lifetime);
		};
	}

}
