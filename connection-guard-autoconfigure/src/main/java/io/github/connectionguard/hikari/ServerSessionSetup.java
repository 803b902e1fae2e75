package io.github.connectionguard.hikari;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;

/**
 * What a pool sets on each of its sessions, in the order of HikariCP's
 * {@code PoolBase.setupConnection}.
 *
 * @param readOnly whether transactions only read
 * @param autoCommit the auto-commit mode
 * @param isolation the isolation level, or {@link #NONE} for the server's
 * @param catalog the database, or {@code null} for the URL's
 * @param schema the schema, or {@code null} for the URL's
 * @param initSql what runs first, or {@code null}
 * @param commitsInitSql whether that is committed where the mode does not
 */
record ServerSessionSetup(boolean readOnly, boolean autoCommit, int isolation, @Nullable String catalog,
		@Nullable String schema, @Nullable String initSql, boolean commitsInitSql) {

	/**
	 * What HikariCP takes for no isolation level.
	 */
	private static final int NONE = -1;

	static ServerSessionSetup of(HikariConfig config) {
		return new ServerSessionSetup(config.isReadOnly(), config.isAutoCommit(),
				UtilityElf.getTransactionIsolation(config.getTransactionIsolation()), config.getCatalog(),
				config.getSchema(), config.getConnectionInitSql(), config.isIsolateInternalQueries());
	}

	void apply(Connection session) throws SQLException {
		if (session.isReadOnly() != this.readOnly) {
			session.setReadOnly(this.readOnly);
		}
		if (session.getAutoCommit() != this.autoCommit) {
			session.setAutoCommit(this.autoCommit);
		}
		if (this.isolation != NONE && this.isolation != session.getTransactionIsolation()) {
			session.setTransactionIsolation(this.isolation);
		}
		if (this.catalog != null) {
			session.setCatalog(this.catalog);
		}
		if (this.schema != null) {
			session.setSchema(this.schema);
		}
		if (this.initSql != null) {
			try (Statement statement = session.createStatement()) {
				statement.execute(this.initSql);
			}
			if (this.commitsInitSql && !this.autoCommit) {
				session.commit();
			}
		}
	}

}
