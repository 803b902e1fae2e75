package io.github.connectionguard.fleet;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.connectionguard.mysql.ServerInquiry;
import io.github.connectionguard.mysql.ServerLoad;
import io.github.connectionguard.mysql.ServerSessionFacts;
import io.github.connectionguard.report.ServerReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the connections of the servers that an application's pools lead to.
 * Servers are asked where somebody has a session to ask in anyway, for all pools of one
 * account together. Thread-safe.
 */
public final class Fleet {

	private static final Logger logger = LoggerFactory.getLogger(Fleet.class);

	/**
	 * How often a server is asked at most.
	 */
	static final Duration PAUSE = Duration.ofMinutes(1);

	private final Map<Key, CountedServer> servers = new ConcurrentHashMap<>();

	private final Supplier<List<PoolShare>> pools;

	private final @Nullable String application;

	private final LongSupplier clock;

	/**
	 * Create a fleet of which nothing is known.
	 * @param pools the pools of this application, as they are when asked
	 * @param application the name under which instances of the application name
	 * themselves in the attributes of their sessions, or {@code null} if they do not
	 * @param clock a clock of nanoseconds, as {@link System#nanoTime()}
	 */
	public Fleet(Supplier<List<PoolShare>> pools, @Nullable String application, LongSupplier clock) {
		this.pools = pools;
		this.application = application;
		this.clock = clock;
	}

	/**
	 * Ask a server for its connections, unless that was done within the last minute.
	 * @param address what is the same for all pools that lead to the server
	 * @param pool whose session it is, for messages
	 * @param inquiry asks the server
	 * @param facts what the session has said
	 */
	public void count(String address, String pool, ServerInquiry inquiry, ServerSessionFacts facts) {
		CountedServer server = this.servers.computeIfAbsent(new Key(address, facts.account()),
				(added) -> new CountedServer());
		long now = this.clock.getAsLong();
		if (!server.isDue(now)) {
			return;
		}
		try {
			server.told(occupancy(address, inquiry, facts), now)
				.ifPresent((advice) -> logger.warn("{} - {}", pool, advice));
		}
		catch (SQLException ex) {
			logger.debug("{} - The server did not tell of its connections", pool, ex);
		}
	}

	private Occupancy occupancy(String address, ServerInquiry inquiry, ServerSessionFacts facts) throws SQLException {
		ServerLoad load = inquiry.load(facts.connectionId());
		int named = (this.application != null) ? inquiry.instances(this.application) : 0;
		List<PoolShare> all = this.pools.get();
		Set<String> addresses = all.stream().map(PoolShare::address).collect(Collectors.toSet());
		this.servers.keySet()
			.removeIf((other) -> !other.address().equals(address) && !addresses.contains(other.address()));
		return new Occupancy(facts, load, named,
				all.stream().filter((pool) -> pool.address().equals(address)).toList());
	}

	/**
	 * Return what a server said last. Asks nobody.
	 * @param address what is the same for all pools that lead to the server
	 * @param account the account of a pool's sessions, or {@code null} if unknown
	 * @param pool the name of the pool
	 * @return what it said, or {@code null} if it was not asked yet
	 */
	public ServerReport.@Nullable Load report(String address, @Nullable String account, String pool) {
		CountedServer server = this.servers.get(new Key(address, account));
		return (server != null) ? server.report(pool) : null;
	}

	/**
	 * What a server says depends on who asks.
	 */
	private record Key(String address, @Nullable String account) {

	}

}
