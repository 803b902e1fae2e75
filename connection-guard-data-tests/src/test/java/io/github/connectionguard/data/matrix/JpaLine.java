package io.github.connectionguard.data.matrix;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A line of JPA.
 */
@Entity
@Table(name = "line")
class JpaLine {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private @Nullable Long id;

	private String name;

	@SuppressWarnings("NullAway.Init")
	protected JpaLine() {
	}

	JpaLine(String name) {
		this.name = name;
	}

}
