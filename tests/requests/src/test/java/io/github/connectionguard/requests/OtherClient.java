package io.github.connectionguard.requests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Another client of the same database, with connections of its own. One that the
 * application borrowed from its pool would have a request's work committed first.
 */
@Component
class OtherClient {

	private final Environment environment;

	OtherClient(Environment environment) {
		this.environment = environment;
	}

	Connection connect() throws SQLException {
		return DriverManager.getConnection(property("url"), property("username"), property("password"));
	}

	private String property(String name) {
		return this.environment.getRequiredProperty("spring.datasource." + name);
	}

}
