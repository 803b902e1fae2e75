package io.github.connectionguard.data;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

/**
 * Rows, by Spring Data JDBC.
 */
interface LineRepository extends CrudRepository<Line, Long> {

	/**
	 * Insert a row, outside of the transaction that {@code save} would have of its own.
	 */
	@Modifying
	@Query("INSERT INTO line (name) VALUES (:name)")
	void insert(String name);

	@Query("SELECT CONNECTION_ID()")
	long connection();

}
