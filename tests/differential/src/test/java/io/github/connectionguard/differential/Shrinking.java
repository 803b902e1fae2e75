package io.github.connectionguard.differential;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Makes a program that ends in a difference as short as it can be: steps are left out as
 * long as what is left still ends in one.
 */
final class Shrinking {

	private final Sides sides;

	Shrinking(Sides sides) {
		this.sides = sides;
	}

	/**
	 * Return the difference a program shows on new connections, with the shortest program
	 * that does.
	 */
	Optional<Difference> shrink(Program program) throws SQLException {
		Optional<Difference> found = this.sides.runAnew(program);
		int chunk = program.steps().size() / 2;
		while (found.isPresent() && chunk > 0) {
			Optional<Difference> shorter = leaveOut(found.get().program(), chunk);
			if (shorter.isPresent()) {
				found = shorter;
			}
			else {
				chunk /= 2;
			}
		}
		return found;
	}

	private Optional<Difference> leaveOut(Program program, int chunk) throws SQLException {
		int size = program.steps().size();
		for (int to = size; to >= chunk; to -= chunk) {
			Program rest = program.without(to - chunk, to);
			Optional<Difference> found = rest.steps().isEmpty() ? Optional.empty() : this.sides.runAnew(rest);
			if (found.isPresent()) {
				return found;
			}
		}
		return Optional.empty();
	}

}
