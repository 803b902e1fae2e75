package io.github.connectionguard.data.matrix;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A line of Spring Data JDBC.
 *
 * @param id its number, {@code null} before it has one
 * @param name its name
 */
@Table("line")
record JdbcLine(@Id @Nullable Long id, String name) {

}
