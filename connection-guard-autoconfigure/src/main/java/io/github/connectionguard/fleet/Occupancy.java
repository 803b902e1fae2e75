package io.github.connectionguard.fleet;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.connectionguard.advice.Advice;
import io.github.connectionguard.mysql.ServerLoad;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.mysql.UserSessions;
import io.github.connectionguard.report.ServerReport.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Whose the connections of a server were at one moment. A login that was made only to ask
 * has ended since, and is counted nowhere.
 *
 * @param facts what the session said that was asked
 * @param load what the server said
 * @param named how many instances have named themselves to the server, zero if unknown
 * @param pools the pools of this application that lead to the server
 */
record Occupancy(ServerSessionFacts facts, ServerLoad load, int named, List<PoolShare> pools) {

	private boolean isAskedByAGuest() {
		return this.pools.stream().noneMatch((pool) -> pool.sessions().contains(this.facts.connectionId()));
	}

	/**
	 * Return how many connections there were.
	 * @return the number, or {@code null} if the server did not tell
	 */
	@Nullable Long connected() {
		Long all = this.load.connected();
		return (all != null && isAskedByAGuest()) ? Long.valueOf(all - 1) : all;
	}

	/**
	 * Return how many connections each pool had.
	 * @return the numbers by the names of the pools
	 */
	Map<String, Integer> byPool() {
		Map<String, Integer> numbers = new TreeMap<>();
		this.pools.forEach((pool) -> numbers.put(pool.pool(), sessions(pool)));
		return numbers;
	}

	/**
	 * What the server does not know of an account it has shown is gone, or has come
	 * since.
	 */
	private int sessions(PoolShare pool) {
		UserSessions shown = this.load.sessions();
		if (shown == null || !pool.isOf(this.facts.account())) {
			return pool.sessions().size();
		}
		return (int) pool.sessions().stream().filter(shown.ids()::contains).count();
	}

	/**
	 * Return whose they were.
	 * @return the numbers, or {@code null} if nobody knows
	 */
	@Nullable Sessions sessions() {
		UserSessions shown = this.load.sessions();
		Long connected = connected();
		if (shown == null || connected == null) {
			return null;
		}
		int ofAccount = shown.ids().size() - (isAskedByAGuest() ? 1 : 0);
		int application = this.pools.stream().mapToInt(this::sessions).sum();
		int beside = application - ownOfAccount();
		return new Sessions(ofAccount, application, Math.max(0, ofAccount - ownOfAccount()),
				Math.max(0, connected - ofAccount - beside), instances(shown, ofAccount));
	}

	private int ownOfAccount() {
		return this.pools.stream().filter((pool) -> pool.isOf(this.facts.account())).mapToInt(this::sessions).sum();
	}

	/**
	 * Where instances do not name themselves, each host has one, and none has more
	 * sessions than its pools may have.
	 */
	private int instances(UserSessions shown, int ofAccount) {
		if (this.named > 0) {
			return this.named;
		}
		Set<String> hosts = new HashSet<>(shown.hosts().values());
		int each = maximumOfAccount();
		int full = (each > 0) ? (ofAccount + each - 1) / each : 0;
		return Math.max(1, Math.max(hosts.size(), full));
	}

	private int maximumOfAccount() {
		return this.pools.stream().filter((pool) -> pool.isOf(this.facts.account())).mapToInt(PoolShare::maximum).sum();
	}

	/**
	 * Advise on what happens when all instances are replaced and as many new ones are
	 * there before the old ones have gone.
	 * @param instances how many there are
	 * @return what to say, or {@code null} if there are connections enough
	 */
	@Nullable String advice(int instances) {
		Sessions sessions = sessions();
		if (sessions == null) {
			return null;
		}
		int maximum = this.pools.stream().mapToInt(PoolShare::maximum).sum();
		String ofAccount = advice(instances, maximumOfAccount(), 0, "max_user_connections",
				this.facts.maxUserConnections());
		return (ofAccount != null) ? ofAccount
				: advice(instances, maximum, sessions.others(), "max_connections", this.facts.maxConnections());
	}

	private static @Nullable String advice(int instances, int maximum, long others, String name, long limit) {
		long needed = 2L * instances * maximum + others;
		return (limit > 0 && needed > limit) ? Advice.FLEET.with(needed, name, limit, maximum, instances, others)
				: null;
	}

}
