package io.github.connectionguard.watch;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The logins under way to ask one server, the oldest first. Changed on the timer's
 * thread; may be read, and abandoned, by any.
 */
final class ChecksUnderWay {

	private final Deque<Check> checks = new ConcurrentLinkedDeque<>();

	boolean isEmpty() {
		return this.checks.isEmpty();
	}

	/**
	 * Return the one that began first.
	 * @return the login, or {@code null} if there is none
	 */
	@Nullable Check oldest() {
		return this.checks.peekFirst();
	}

	/**
	 * Tell what is under way. Connects that are older than one with an answer are not
	 * waited for. The newest one is: without a socket it counts as connected, and a
	 * moment later its driver may have made one that is not.
	 */
	Logins logins() {
		Check newest = this.checks.peekLast();
		if (newest == null) {
			return Logins.NONE;
		}
		if (!newest.attempt().isConnected()) {
			return Logins.CONNECTING;
		}
		abandon((check) -> check != newest && !check.attempt().isConnected());
		return Logins.CONNECTED;
	}

	/**
	 * Tell whether connects are accepted.
	 * @param since when those began that should have been by now
	 */
	boolean isAccepted(long since) {
		return this.checks.stream().allMatch((check) -> check.attempt().isConnected() || check.begin() - since > 0)
				&& this.checks.stream().anyMatch((check) -> check.attempt().isConnected());
	}

	/**
	 * Add a login. If there are too many without a TCP connection, the oldest of those is
	 * abandoned.
	 */
	void add(Check added) {
		List<Check> connecting = this.checks.stream().filter((check) -> !check.attempt().isConnected()).toList();
		if (connecting.size() >= LoginBudget.MOST_CONNECTING) {
			Check oldest = connecting.get(0);
			abandon((check) -> check == oldest);
		}
		this.checks.addLast(added);
	}

	/**
	 * Take a login out that has failed.
	 * @return whether it was still in here, and not given up
	 */
	boolean remove(Check failed) {
		return this.checks.remove(failed);
	}

	/**
	 * Wait for no other login than the one that was answered. Connects are abandoned.
	 * Those that the server knows of are left to end in good order, which it does not
	 * count.
	 * @return those
	 */
	List<Check> overtake(Check answered) {
		this.checks.remove(answered);
		abandon((check) -> !check.attempt().isConnected());
		List<Check> left = List.copyOf(this.checks);
		left.forEach(Check::overtake);
		this.checks.clear();
		return left;
	}

	/**
	 * Tell whether the server was heard on any of them.
	 * @param time the reading of the ledger's clock since when
	 */
	boolean isHeardSince(long time) {
		return this.checks.stream().anyMatch((check) -> check.attempt().isHeardSince(time));
	}

	/**
	 * Abandon all of them.
	 */
	void abandon() {
		this.checks.forEach((check) -> check.attempt().abandon());
	}

	private void abandon(Predicate<Check> which) {
		this.checks.removeIf((check) -> {
			boolean found = which.test(check);
			if (found) {
				check.attempt().abandon();
			}
			return found;
		});
	}

}
