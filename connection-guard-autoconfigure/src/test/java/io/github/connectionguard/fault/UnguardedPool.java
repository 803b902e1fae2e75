package io.github.connectionguard.fault;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.testsupport.TcpHop;
import io.github.connectionguard.testsupport.TestServer;
import org.awaitility.Awaitility;

/**
 * A pool as an application without the guard has it, to compare with.
 */
final class UnguardedPool implements AutoCloseable {

	private final HikariDataSource dataSource = new HikariDataSource();

	private UnguardedPool(String url, TestServer server) {
		this.dataSource.setJdbcUrl(url);
		this.dataSource.setUsername(server.username());
		this.dataSource.setPassword(server.password());
		this.dataSource.setMaximumPoolSize(Requests.POOL);
		open();
	}

	static UnguardedPool to(TestServer server, String database) {
		return new UnguardedPool(server.jdbcUrl(database), server);
	}

	static UnguardedPool through(TcpHop hop, TestServer server, String database) {
		return new UnguardedPool(server.jdbcUrl(database, hop), server);
	}

	private void open() {
		try {
			this.dataSource.getConnection().close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Awaitility.await().until(() -> this.dataSource.getHikariPoolMXBean().getIdleConnections() == Requests.POOL);
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

}
