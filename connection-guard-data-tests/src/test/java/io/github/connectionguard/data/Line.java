package io.github.connectionguard.data;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A row.
 */
@Table
record Line(@Id @Nullable Long id, String name) {

}
