package io.github.connectionguard.versions;

import java.util.List;
import java.util.stream.Stream;

/**
 * Versions that are used together: a row of the document.
 *
 * @param java the release of Java
 * @param boot the version of Spring Boot
 * @param aheadOfTime whether Spring has processed the application ahead of time
 * @param hikari the version of HikariCP
 * @param driver the driver
 * @param server the server's product and release, such as {@code MariaDB 11.4}
 * @param container the servlet container
 */
record Combination(int java, String boot, boolean aheadOfTime, String hikari, Driver driver, String server,
		Container container) {

	private static final String AHEAD_OF_TIME = ", ahead of time";

	/**
	 * Read the cells of a table.
	 * @param row the cells, with their borders
	 * @return the versions
	 */
	static Combination of(String row) {
		List<String> cells = Stream.of(row.split("\\|")).skip(1).map(String::strip).toList();
		String boot = cells.get(1);
		return new Combination(Integer.parseInt(cells.get(0)), boot.replace(AHEAD_OF_TIME, ""),
				boot.endsWith(AHEAD_OF_TIME), cells.get(2), Driver.of(cells.get(3)), cells.get(4),
				Container.of(cells.get(5)));
	}

	@Override
	public String toString() {
		return "Java %d, Spring Boot %s%s, HikariCP %s, %s Connector/J %s, %s, %s".formatted(this.java, this.boot,
				this.aheadOfTime ? AHEAD_OF_TIME : "", this.hikari, this.driver.product().label(),
				this.driver.version(), this.server, this.container.label());
	}

	/**
	 * A driver.
	 *
	 * @param product whose driver
	 * @param version its version
	 */
	record Driver(Product product, String version) {

		static Driver of(String cell) {
			Product product = Stream.of(Product.values())
				.filter((candidate) -> cell.startsWith(candidate.label()))
				.findFirst()
				.orElseThrow();
			return new Driver(product, cell.substring(product.label().length()).strip());
		}

	}

	/**
	 * Whose Connector/J.
	 */
	enum Product {

		/**
		 * MySQL's.
		 */
		MYSQL("MySQL", "com.mysql", "mysql-connector-j"),

		/**
		 * MariaDB's.
		 */
		MARIADB("MariaDB", "org.mariadb.jdbc", "mariadb-java-client");

		private final String label;

		private final String group;

		private final String artifact;

		Product(String label, String group, String artifact) {
			this.label = label;
			this.group = group;
			this.artifact = artifact;
		}

		String label() {
			return this.label;
		}

		String group() {
			return this.group;
		}

		String artifact() {
			return this.artifact;
		}

	}

	/**
	 * What serves requests.
	 */
	enum Container {

		/**
		 * Tomcat, which comes with Spring MVC.
		 */
		TOMCAT("Tomcat"),

		/**
		 * Jetty.
		 */
		JETTY("Jetty");

		private final String label;

		Container(String label) {
			this.label = label;
		}

		static Container of(String cell) {
			return Stream.of(values()).filter((candidate) -> cell.equals(candidate.label())).findFirst().orElseThrow();
		}

		String label() {
			return this.label;
		}

	}

}
