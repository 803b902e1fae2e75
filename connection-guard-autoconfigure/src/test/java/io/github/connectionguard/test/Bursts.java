package io.github.connectionguard.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

/**
 * Requests that come all at once.
 */
public final class Bursts {

	private Bursts() {
	}

	/**
	 * Let so many threads borrow a connection at the same moment and run a statement.
	 * @param dataSource where to borrow
	 * @param clients the number of threads
	 * @return what went wrong, for each request that failed
	 */
	public static List<Throwable> of(DataSource dataSource, int clients) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(clients);
		CyclicBarrier start = new CyclicBarrier(clients);
		try {
			List<Future<Long>> requests = new ArrayList<>();
			for (int i = 0; i < clients; i++) {
				requests.add(threads.submit(() -> {
					start.await();
					return request(dataSource);
				}));
			}
			List<Throwable> failures = new ArrayList<>();
			for (Future<Long> request : requests) {
				try {
					request.get();
				}
				catch (ExecutionException ex) {
					failures.add(ex.getCause());
				}
			}
			return failures;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long request(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT CONNECTION_ID()")) {
			rows.next();
			return rows.getLong(1);
		}
	}

}
