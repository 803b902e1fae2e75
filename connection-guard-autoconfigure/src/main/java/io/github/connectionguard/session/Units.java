package io.github.connectionguard.session;

import java.util.ArrayList;
import java.util.List;

/**
 * How units of work begin.
 */
@FunctionalInterface
interface Units {

	/**
	 * No unit ever begins.
	 */
	Units NONE = (attributes) -> UnitOfWork.NONE;

	/**
	 * Begin a unit of work on the current thread.
	 */
	UnitOfWork begin(UnitAttributes attributes);

	/**
	 * Return units that begin and end one after the other.
	 */
	static Units inOrder(List<Units> all) {
		return switch (all.size()) {
			case 0 -> NONE;
			case 1 -> all.get(0);
			default -> (attributes) -> begin(all, attributes);
		};
	}

	private static UnitOfWork begin(List<Units> all, UnitAttributes attributes) {
		List<UnitOfWork> begun = new ArrayList<>(all.size());
		try {
			all.forEach((units) -> begun.add(units.begin(attributes)));
		}
		catch (RuntimeException ex) {
			new UnitsInOrder(begun).end(false);
			throw ex;
		}
		return new UnitsInOrder(begun);
	}

}
