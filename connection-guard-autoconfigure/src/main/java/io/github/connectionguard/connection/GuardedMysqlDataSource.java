package io.github.connectionguard.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import io.github.connectionguard.driver.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The data source under the pool: connects through the driver's and enters every physical
 * connection in the ledger. The driver's is built when the pool starts, from the settings
 * of that moment.
 * <p>
 * The name has {@code Mysql} in it on purpose: HikariCP looks for that in a data source's
 * class name and then sets network timeouts on the calling thread, which older versions
 * of MySQL Connector/J need (MySQL bug 75615).
 */
public final class GuardedMysqlDataSource implements DataSource {

	private final Supplier<DataSource> driver;

	private final OwningPool pool;

	private final ConnectionLedger ledger;

	private final PatientConnects connects;

	private volatile @Nullable DataSource delegate;

	/**
	 * Create a data source.
	 * @param driver builds the driver's data source
	 * @param pool the pool above
	 * @param ledger where the connections are entered
	 */
	public GuardedMysqlDataSource(Supplier<DataSource> driver, OwningPool pool, ConnectionLedger ledger) {
		this.driver = driver;
		this.pool = pool;
		this.ledger = ledger;
		this.connects = new PatientConnects(pool, ledger);
	}

	/**
	 * Note that the server was reached: the pool's connects that wait for it go on, and
	 * one that has no TCP connection after a round trip is made anew.
	 */
	public void serverReached() {
		this.connects.serverReached();
	}

	/**
	 * Give up the pool's attempts to connect that began before a moment and have not come
	 * to an end; new ones are made at once.
	 * @param time the reading of the ledger's clock
	 */
	public void abandonConnectsBefore(long time) {
		this.connects.abandonBefore(time, (attempt) -> true);
	}

	/**
	 * Connect past the pool and the ledger.
	 * @param username the user, or {@code null} for the driver's own
	 * @param password the password
	 * @return the driver's connection
	 * @throws SQLException if the driver cannot connect
	 */
	public Connection login(@Nullable String username, @Nullable String password) throws SQLException {
		return (username != null) ? delegate().getConnection(username, password) : delegate().getConnection();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return open(() -> delegate().getConnection());
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return open(() -> delegate().getConnection(username, password));
	}

	private Connection open(ConnectAttempt.Connect connect) throws SQLException {
		this.ledger.safely(this.pool::connecting);
		return this.connects.connect(connect);
	}

	/**
	 * Set the login timeout. HikariCP calls this once, first of all, when a pool starts
	 * ({@code PoolBase.initializeDataSource}).
	 */
	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		DataSource built = this.driver.get();
		this.delegate = built;
		this.ledger.safely(this.pool::poolStarting);
		built.setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return delegate().getLoginTimeout();
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return delegate().getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		delegate().setLogWriter(out);
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		return delegate().getParentLogger();
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		return type.isInstance(this) ? type.cast(this)
				: type.isInstance(delegate()) ? type.cast(delegate()) : delegate().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || type.isInstance(delegate()) || delegate().isWrapperFor(type);
	}

	private DataSource delegate() {
		DataSource current = this.delegate;
		if (current == null) {
			current = this.driver.get();
			this.delegate = current;
		}
		return current;
	}

}
