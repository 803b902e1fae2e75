package io.github.connectionguard.data.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * All authors.
 */
interface Authors extends JpaRepository<Author, Long> {

}
