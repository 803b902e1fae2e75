package io.github.connectionguard.data.matrix;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/**
 * Lines of Spring Data JPA.
 */
interface JpaLineRepository extends JpaRepository<JpaLine, Long> {

	@Query(value = "SELECT CONNECTION_ID()", nativeQuery = true)
	long connectionId();

}
