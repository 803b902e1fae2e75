package io.github.connectionguard.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.github.connectionguard.datasource.HikariGuarding;
import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.session.RollbackPolicy;
import io.github.connectionguard.session.SessionBeans;
import io.github.connectionguard.session.SessionMode;
import io.github.connectionguard.session.SessionSettings;
import io.github.connectionguard.session.Sessions;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * A transaction manager without a database, which notes how its transactions end.
 */
public final class RecordingTransactionManager extends AbstractPlatformTransactionManager {

	/**
	 * What is noted of a commit.
	 */
	public static final String COMMIT = "commit";

	/**
	 * What is noted of a rollback.
	 */
	public static final String ROLLBACK = "rollback";

	private final List<String> ends = new ArrayList<>();

	private transient Runnable witness = () -> {
	};

	private boolean failing;

	private boolean failingRollbacks;

	/**
	 * Return sessions that run in this manager's transactions, over a guarded pool that
	 * is never opened.
	 * @return the sessions
	 */
	public Sessions sessions() {
		return sessions(SessionMode.TRANSACTION, RollbackPolicy.STANDARD);
	}

	/**
	 * Return sessions over a guarded pool that is never opened.
	 * @param mode the mode the user asks for
	 * @param policy whether to roll back
	 * @return the sessions
	 */
	public Sessions sessions(SessionMode mode, RollbackPolicy policy) {
		GuardedPools pools = new GuardedPools(new PoolSettings(null, true, Duration.ofSeconds(1),
				Duration.ofSeconds(10), true, false, List.of(), null, false));
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl("jdbc:mysql://never.invalid/opened");
		new HikariGuarding(() -> pools).postProcessBeforeInitialization(pool, "dataSource");
		return new Sessions(new SessionSettings(mode, true, null, false), pools,
				() -> new SessionBeans(this, false, false, Stream::empty, Map.of()), policy);
	}

	/**
	 * Return how the transactions ended so far.
	 * @return {@link #COMMIT} or {@link #ROLLBACK} for each, in their order
	 */
	public List<String> ends() {
		return this.ends;
	}

	/**
	 * Look on whenever a transaction is about to be committed.
	 * @param action what to do then
	 */
	public void atCommit(Runnable action) {
		this.witness = action;
	}

	/**
	 * Let commits fail from now on.
	 */
	public void failCommits() {
		this.failing = true;
	}

	/**
	 * Let rollbacks fail from now on.
	 */
	public void failRollbacks() {
		this.failingRollbacks = true;
	}

	@Override
	protected Object doGetTransaction() {
		return this;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		this.witness.run();
		if (this.failing) {
			throw new TransactionSystemException("the commit failed");
		}
		this.ends.add(COMMIT);
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		if (this.failingRollbacks) {
			throw new TransactionSystemException("the rollback failed");
		}
		this.ends.add(ROLLBACK);
	}

}
