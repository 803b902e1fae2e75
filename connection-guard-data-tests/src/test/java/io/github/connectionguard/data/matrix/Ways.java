package io.github.connectionguard.data.matrix;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The ways in which one application reaches its data.
 *
 * @param lines the table, reached in each of them
 */
record Ways(Map<Way, Lines> lines) {

	Lines of(Way way) {
		return Objects.requireNonNull(this.lines.get(way), way::toString);
	}

	Set<Way> all() {
		return this.lines.keySet();
	}

}
