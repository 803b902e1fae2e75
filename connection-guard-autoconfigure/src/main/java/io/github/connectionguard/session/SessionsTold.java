package io.github.connectionguard.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of how sessions run: on a pool, with the start of that; on what is not one
 * guarded pool, at once.
 */
final class SessionsTold {

	private static final Logger logger = LoggerFactory.getLogger(SessionsTold.class);

	private final Map<GuardedPool, String> lines = new HashMap<>();

	private final List<String> atOnce = new ArrayList<>();

	private final String verb;

	/**
	 * What is told of a pool that no session covers.
	 */
	private final String others;

	SessionsTold(@Nullable GuardedPool first, SessionDecision decision, boolean reportOnly) {
		this.verb = reportOnly ? "would run" : "run";
		boolean covering = decision.mode() == SessionMode.UNIT || decision.mode() == SessionMode.TRANSACTION;
		this.others = (first != null && covering && !reportOnly) ? "Sessions only end what is left open here, because "
				+ "connection-guard.session.data-sources does not name this data source" : "";
		add(first, "", decision);
	}

	/**
	 * Add what was decided on a data source.
	 * @param pool the pool that all of its connections come from, if there is one
	 * @param name its name
	 */
	void add(@Nullable GuardedPool pool, String name, SessionDecision decision) {
		String where = name.isEmpty() ? "" : " on data source '" + name + "'";
		String line = "Sessions %s in mode '%s'%s, because %s".formatted(this.verb, decision.modeName(), where,
				decision.reason());
		if (pool != null) {
			this.lines.put(pool, line);
		}
		else {
			this.atOnce.add(line);
		}
	}

	/**
	 * Tell it, now that all is decided.
	 */
	void tell(GuardedPools pools) {
		this.atOnce.forEach(logger::info);
		Map<GuardedPool, String> told = Map.copyOf(this.lines);
		pools.sessionsDecided((pool) -> told.getOrDefault(pool, this.others));
	}

}
