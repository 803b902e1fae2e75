package io.github.connectionguard.unit;

import java.util.List;

import io.github.connectionguard.outcome.UnitEnd;
import org.jspecify.annotations.Nullable;

/**
 * Units of work on several data sources, which end one after the other. When one cannot
 * be committed, those after it are rolled back; those before it are committed already.
 */
final class UnitsInOrder implements UnitOfWork {

	private final List<UnitOfWork> units;

	UnitsInOrder(List<UnitOfWork> units) {
		this.units = units;
	}

	@Override
	public boolean isUntouched() {
		return this.units.stream().allMatch(UnitOfWork::isUntouched);
	}

	@Override
	public boolean isWaiting() {
		return this.units.stream().anyMatch(UnitOfWork::isWaiting);
	}

	@Override
	public boolean isBusy() {
		return this.units.stream().anyMatch(UnitOfWork::isBusy);
	}

	@Override
	public boolean isApart() {
		return this.units.stream().anyMatch(UnitOfWork::isApart);
	}

	@Override
	public void end(boolean commit) {
		RuntimeException failure = null;
		for (UnitOfWork unit : this.units) {
			if (failure != null) {
				AfterFailure.run(failure, () -> unit.end(false));
			}
			else {
				failure = end(unit, commit);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	@Override
	public void ended(UnitEnd end) {
		this.units.forEach((unit) -> unit.ended(end));
	}

	private static @Nullable RuntimeException end(UnitOfWork unit, boolean commit) {
		try {
			unit.end(commit);
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

}
