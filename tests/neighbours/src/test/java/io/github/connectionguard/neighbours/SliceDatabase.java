package io.github.connectionguard.neighbours;

import io.github.connectionguard.testsupport.TestServer;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The database of a test's slice.
 */
public final class SliceDatabase {

	private SliceDatabase() {
	}

	/**
	 * Add an empty database to the properties of a slice.
	 * @param registry the properties
	 */
	public static void add(DynamicPropertyRegistry registry) {
		TestServer server = TestServer.shared();
		String url = server.jdbcUrl(server.createDatabase());
		registry.add("spring.datasource.url", () -> url);
		registry.add("spring.datasource.username", server::username);
		registry.add("spring.datasource.password", server::password);
		registry.add("spring.datasource.hikari.maximum-pool-size", () -> "2");
		for (String property : server.hibernateProperties()) {
			String[] nameAndValue = property.split("=");
			registry.add(nameAndValue[0], () -> nameAndValue[1]);
		}
	}

}
