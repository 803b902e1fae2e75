package io.github.connectionguard.transaction;

import java.sql.SQLException;

/**
 * A call to the driver that returns nothing.
 */
@FunctionalInterface
public interface VoidCall {

	/**
	 * Make the call.
	 * @throws SQLException the driver's exception
	 */
	void run() throws SQLException;

}
