package io.github.connectionguard.unit;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.TransactionDefinition;

/**
 * How a unit of work uses the database.
 *
 * @param readOnly whether it only reads
 * @param isolation its isolation level, as {@code TransactionDefinition} has them
 * @param deadline when its time is over, {@code null} if it is not limited
 */
public record UnitAttributes(boolean readOnly, int isolation, @Nullable Deadline deadline) {

	/**
	 * Tell whether connections have nothing to be set.
	 */
	boolean isDefault() {
		return !this.readOnly && this.isolation == TransactionDefinition.ISOLATION_DEFAULT;
	}

}
