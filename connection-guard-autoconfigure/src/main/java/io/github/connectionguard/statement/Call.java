package io.github.connectionguard.statement;

import java.sql.SQLException;

/**
 * A call to the driver.
 *
 * @param <T> the type of its result
 */
@FunctionalInterface
public interface Call<T> {

	/**
	 * Make the call.
	 * @return the driver's result
	 * @throws SQLException the driver's exception
	 */
	T run() throws SQLException;

}
