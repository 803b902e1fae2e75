package io.github.connectionguard.sample;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Does with connections what code had better not do.
 */
@RestController
@RequestMapping("/connections")
class ConnectionController {

	private static final Duration LONG = Duration.ofSeconds(5);

	private final DataSource dataSource;

	ConnectionController(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Borrow a connection, and never give it back.
	 */
	@PostMapping("/leak")
	String leak() throws SQLException {
		this.dataSource.getConnection();
		return "borrowed, and not given back\n";
	}

	/**
	 * Keep a transaction open while something else is waited for, as a call of another
	 * service.
	 */
	@PostMapping("/hold")
	String hold(@RequestParam String text) throws SQLException, InterruptedException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement insert = connection.prepareStatement("INSERT INTO note (text) VALUES (?)")) {
			connection.setAutoCommit(false);
			insert.setString(1, text);
			insert.executeUpdate();
			Thread.sleep(LONG.toMillis());
			connection.commit();
		}
		return "committed after %d seconds: %s%n".formatted(LONG.toSeconds(), text);
	}

}
