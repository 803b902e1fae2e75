package io.github.connectionguard.requests;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.ConnectionGuard;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

/**
 * A pool for each tenant, whose database has the tenant's name.
 */
class Tenants implements AutoCloseable {

	private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

	private final ConnectionGuard guard;

	private final DataSourceProperties server;

	Tenants(ConnectionGuard guard, DataSourceProperties server) {
		this.guard = guard;
		this.server = server;
	}

	HikariDataSource poolOf(String tenant) {
		return this.pools.computeIfAbsent(tenant, this::open);
	}

	private HikariDataSource open(String tenant) {
		HikariConfig config = new HikariConfig();
		config.setPoolName(tenant);
		config.setJdbcUrl(this.server.determineUrl());
		config.setUsername(this.server.determineUsername());
		config.setPassword(this.server.determinePassword());
		config.setCatalog(tenant);
		return this.guard.guard(config);
	}

	void leave(String tenant) {
		HikariDataSource pool = this.pools.remove(tenant);
		if (pool != null) {
			pool.close();
		}
	}

	@Override
	public void close() {
		this.pools.values().forEach(HikariDataSource::close);
	}

}
