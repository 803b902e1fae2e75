package io.github.connectionguard.unit;

import io.github.connectionguard.outcome.UnitEnd;

/**
 * Work on a database that ends in a commit or a rollback. Bound to the thread that began
 * it.
 */
public interface UnitOfWork {

	/**
	 * A unit that holds nothing.
	 */
	UnitOfWork NONE = new UnitOfWork() {

		@Override
		public boolean isUntouched() {
			return true;
		}

		@Override
		public boolean isWaiting() {
			return false;
		}

		@Override
		public boolean isBusy() {
			return false;
		}

		@Override
		public boolean isApart() {
			return false;
		}

		@Override
		public void end(boolean commit) {
		}

		@Override
		public void ended(UnitEnd end) {
		}

	};

	/**
	 * Return how a unit ended whose commit failed.
	 * @param failure what {@link #end} threw
	 * @return how, and why
	 */
	static UnitEnd endBy(RuntimeException failure) {
		return (failure instanceof SessionRolledBackException rolledBack) ? rolledBack.end() : UnitEnd.COMMIT;
	}

	/**
	 * Tell whether nothing was done that the end of this unit would have to end.
	 * @return whether it is untouched
	 */
	boolean isUntouched();

	/**
	 * Tell whether something was written that waits for the end of this unit.
	 * @return whether it was
	 */
	boolean isWaiting();

	/**
	 * Tell whether the application is in the middle of something that the end of this
	 * unit would tear apart, such as a transaction of its own.
	 * @return whether it is
	 */
	boolean isBusy();

	/**
	 * Tell whether the application is in the middle of a transaction that this unit has
	 * no part in.
	 * @return whether it is
	 */
	boolean isApart();

	/**
	 * End the unit and give back what it holds, whatever happens.
	 * @param commit whether to commit rather than roll back
	 * @throws RuntimeException if the commit or rollback failed
	 */
	void end(boolean commit);

	/**
	 * Count the unit, now that it has ended, unless there was nothing to end.
	 * @param end how it ended, and why
	 */
	void ended(UnitEnd end);

}
