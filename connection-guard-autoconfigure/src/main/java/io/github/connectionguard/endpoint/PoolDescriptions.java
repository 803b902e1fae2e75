package io.github.connectionguard.endpoint;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;

import io.github.connectionguard.endpoint.PoolDescriptor.Counters;
import io.github.connectionguard.endpoint.PoolDescriptor.IdleLimit;
import io.github.connectionguard.endpoint.PoolDescriptor.Load;
import io.github.connectionguard.endpoint.PoolDescriptor.Server;
import io.github.connectionguard.endpoint.PoolDescriptor.Settings;
import io.github.connectionguard.endpoint.PoolDescriptor.Shares;
import io.github.connectionguard.endpoint.PoolDescriptor.Timer;
import io.github.connectionguard.event.GuardEvent;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.StartedPool;
import io.github.connectionguard.lifetime.Deadline;
import io.github.connectionguard.lifetime.LifetimePlan;
import io.github.connectionguard.report.ConnectionReport;
import io.github.connectionguard.report.Loss;
import io.github.connectionguard.report.PoolReport;
import io.github.connectionguard.report.PoolSnapshot;
import io.github.connectionguard.report.Reachability;
import io.github.connectionguard.report.ServerReport;
import io.github.connectionguard.report.SettingsReport;
import org.jspecify.annotations.Nullable;

/**
 * Describes pools from what is known of them. Borrows nothing, asks nobody and waits for
 * nothing. Thread-safe.
 */
final class PoolDescriptions {

	private final PoolEventLog log;

	private final InstantSource clock;

	PoolDescriptions(PoolEventLog log, InstantSource clock) {
		this.log = log;
		this.clock = clock;
	}

	PoolDescriptor of(GuardedPool pool, ShownValues values) {
		PoolReport report = pool.report();
		ServerReport server = pool.server().report();
		List<ConnectionReport> connections = connections(pool, values);
		Verdict verdict = PoolVerdict
			.of(new PoolEvidence(report, server, connections, events(pool), pool.guardedSince(), this.clock.instant()));
		return new PoolDescriptor(rounded(verdict), report.name(), true, Rounded.of(pool.guardedSince()),
				counters(report.counters(), report.leaked()), settings(pool.settings(), report.plan()),
				server(server, values), describe(connections), rounded(report.lastPing()), rounded(report.lastLoss()));
	}

	PoolDescriptor of(StartedPool pool, ShownValues values) {
		PoolSnapshot counters = pool.snapshot();
		return new PoolDescriptor(PoolVerdict.ofStarted(counters), pool.name(), false, null, counters(counters, null),
				settings(pool.settings(), pool.plan()), server(pool.serverReport(), values), null, null, null);
	}

	ConnectionsDescriptor connectionsOf(GuardedPool pool, ShownValues values) {
		return new ConnectionsDescriptor(describe(connections(pool, values)));
	}

	List<GuardEvent> events(GuardedPool pool) {
		return this.log.of(new HashSet<>(List.of(pool.name(), pool.beanName())));
	}

	/**
	 * Return what is known of the connections, and may be shown.
	 */
	private static List<ConnectionReport> connections(GuardedPool pool, ShownValues values) {
		return pool.leases()
			.reports()
			.stream()
			.map((report) -> new ConnectionReport(report.name(), report.serverConnectionId(), report.age(),
					report.quiet(), values.holder(report.holder()), report.heldFor(), values.request(report.request()),
					report.inTransaction(), report.superseded(), report.plan(), report.deadline()))
			.toList();
	}

	private static List<ConnectionDescriptor> describe(List<ConnectionReport> connections) {
		return connections.stream()
			.map((report) -> new ConnectionDescriptor(report.name(), report.serverConnectionId(),
					Rounded.of(report.age()), Rounded.of(report.quiet()), report.holder(),
					(report.holder() != null) ? Rounded.of(report.heldFor()) : null, report.request(),
					(report.holder() != null) ? report.inTransaction() : null, report.superseded(),
					rounded(report.deadline())))
			.toList();
	}

	private static Counters counters(PoolSnapshot counters, @Nullable Long leaked) {
		return new Counters(counters.active(), counters.idle(), counters.total(), counters.waiting(),
				counters.maximum(), leaked);
	}

	private static Settings settings(SettingsReport settings, @Nullable LifetimePlan plan) {
		return new Settings(new Timer(settings.requested().maxLifetime(), settings.effective().maxLifetime()),
				new Timer(settings.requested().keepalive(), settings.effective().keepalive()),
				new IdleLimit(settings.networkIdleTimeout(), (plan != null) ? plan.limit() : null,
						(plan != null) ? plan.source().description() : null));
	}

	private static Server server(ServerReport report, ShownValues values) {
		Reachability known = report.reachability();
		Instant since = report.unreachableSince();
		ServerReport.Session session = report.session();
		return new Server(values.address(report.address()), (known != null) ? known.status() : null,
				(known != null) ? known.error() : null, (since != null) ? Rounded.of(since) : null,
				(report.roundTrip() != null) ? Rounded.of(report.roundTrip()) : null,
				(session != null) ? session.product() : null, (session != null) ? session.version() : null,
				(session != null) ? session.id() : null, (session != null) ? session.readOnly() : null,
				(session != null) ? session.waitTimeout() : null,
				(session != null) ? session.source().description() : null,
				(session != null) ? session.globalWaitTimeout() : null, (session != null) ? session.proxy() : null,
				load(report.load()));
	}

	private static @Nullable Load load(ServerReport.@Nullable Load told) {
		if (told == null) {
			return null;
		}
		ServerReport.Sessions sessions = told.sessions();
		return new Load(Rounded.of(told.readAt()), told.uptime(),
				(told.maxConnections() > 0) ? told.maxConnections() : null, told.maxUserConnections(), told.connected(),
				told.headroom(), told.aborted(), (sessions != null) ? sessions.ofAccount() : null, told.ofPool(),
				(sessions != null) ? new Shares(sessions.application(), sessions.fleet(), sessions.others()) : null,
				(sessions != null) ? sessions.instances() : null);
	}

	private static Verdict rounded(Verdict verdict) {
		return new Verdict(verdict.status(), verdict.sentence(),
				(verdict.since() != null) ? Rounded.of(verdict.since()) : null, verdict.action());
	}

	private static @Nullable Deadline rounded(@Nullable Deadline deadline) {
		return (deadline != null) ? new Deadline(deadline.limit(), deadline.allowed(), Rounded.of(deadline.left()))
				: null;
	}

	private static PoolReport.@Nullable Ping rounded(PoolReport.@Nullable Ping ping) {
		return (ping != null) ? new PoolReport.Ping(Rounded.of(ping.at()), Rounded.of(ping.took()), ping.alive())
				: null;
	}

	private static @Nullable Loss rounded(@Nullable Loss loss) {
		return (loss != null) ? new Loss(loss.connection(), Rounded.of(loss.at()), loss.cause(), loss.description())
				: null;
	}

}
