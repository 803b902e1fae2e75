package io.github.connectionguard.data.matrix;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;

/**
 * Lines of Spring Data JDBC.
 */
interface JdbcLineRepository extends CrudRepository<JdbcLine, Long> {

	@Query("SELECT CONNECTION_ID()")
	long connectionId();

}
