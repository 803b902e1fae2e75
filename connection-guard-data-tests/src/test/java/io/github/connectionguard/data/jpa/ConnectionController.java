package io.github.connectionguard.data.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TestServer;
import jakarta.persistence.EntityManager;
import org.awaitility.Awaitility;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells of the connections that its own work takes.
 */
@RestController
class ConnectionController {

	private final Authors authors;

	private final EntityManager entityManager;

	private final TransactionOperations transactions;

	private final DataSource dataSource;

	ConnectionController(Authors authors, EntityManager entityManager, TransactionOperations transactions,
			DataSource dataSource) {
		this.authors = authors;
		this.entityManager = entityManager;
		this.transactions = transactions;
		this.dataSource = dataSource;
	}

	@GetMapping("/connections/found")
	String find() {
		String name = this.authors.findById(1L).orElseThrow().getName();
		HikariDataSource pool = DataSourceUnwrapper.unwrap(this.dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		return name + " " + ((pool != null) ? pool.getHikariPoolMXBean().getActiveConnections() : -1);
	}

	/**
	 * Have a session killed within a transaction, and tell what comes of that.
	 */
	@GetMapping("/connections/killed")
	String goOnAfterAKill() {
		try {
			this.transactions.executeWithoutResult((status) -> {
				kill(query("SELECT CONNECTION_ID()"));
				query("SELECT 1");
			});
			return "nothing";
		}
		catch (RuntimeException ex) {
			return ex.toString();
		}
	}

	private long query(String sql) {
		return ((Number) this.entityManager.createNativeQuery(sql).getSingleResult()).longValue();
	}

	private static void kill(long id) {
		try (Connection connection = TestServer.shared().connect("information_schema")) {
			JdbcTemplate other = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			other.execute("KILL " + id);
			Awaitility.await()
				.pollInSameThread()
				.pollDelay(Duration.ZERO)
				.until(() -> other.queryForList("SELECT id FROM processlist WHERE id = ?", id).isEmpty());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
