package io.github.connectionguard.neighbours.jpa;

import org.springframework.data.jpa.repository.JpaRepository;

/**
 * The authors, which Spring Data REST exports.
 */
public interface Authors extends JpaRepository<Author, Long> {

}
