package io.github.connectionguard.endpoint;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.endpoint.detail.TicketDescriptor;
import io.github.connectionguard.hikari.GuardedPool;
import io.github.connectionguard.hikari.GuardedPools;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Tells how the pools are, what has happened to them and what becomes of their
 * connections next. Reading borrows nothing, asks nobody and waits for nothing.
 * Thread-safe.
 */
@Endpoint(id = "connectionguard", defaultAccess = Access.READ_ONLY)
public class ConnectionGuardEndpoint {

	private static final String CONNECTIONS = "connections";

	private static final String EVENTS = "events";

	private static final String SAMPLES = "samples";

	private static final String TICKET = "ticket";

	static final String JSON_V3 = "application/vnd.spring-boot.actuator.v3+json";

	static final String JSON_V2 = "application/vnd.spring-boot.actuator.v2+json";

	static final String JSON = "application/json";

	static final String TEXT = "text/plain";

	private final GuardedPools pools;

	private final ToIntFunction<GuardedPool> ping;

	private final Sanitizer sanitizer;

	private final Show showValues;

	private final PoolDescriptions descriptions;

	/**
	 * Create the endpoint.
	 * @param pools the pools, of which there may be more later
	 * @param ping pings the idle connections of a pool without waiting, and returns how
	 * many are
	 * @param sanitizingFunctions the functions that say what is not shown to anybody
	 * @param showValues when to show the others
	 */
	public ConnectionGuardEndpoint(GuardedPools pools, ToIntFunction<GuardedPool> ping,
			Collection<SanitizingFunction> sanitizingFunctions, Show showValues) {
		this.pools = pools;
		this.ping = ping;
		this.sanitizer = new Sanitizer(sanitizingFunctions);
		this.showValues = showValues;
		this.descriptions = new PoolDescriptions(new PoolEventLog(pools.events().recorder()), InstantSource.system());
	}

	/**
	 * Tell how all pools are.
	 * @return the pools
	 */
	@ReadOperation
	public PoolsDescriptor pools() {
		return pools(this.showValues.isShown(true));
	}

	PoolsDescriptor pools(boolean shown) {
		ShownValues values = new ShownValues(this.sanitizer, shown);
		Map<String, PoolDescriptor> described = new LinkedHashMap<>();
		this.pools.pools().forEach((pool) -> described.put(pool.beanName(), this.descriptions.of(pool, values)));
		this.pools.startedPools().forEach((pool) -> described.put(pool.beanName(), this.descriptions.of(pool, values)));
		return new PoolsDescriptor(described, PoolDetails.session(this.pools.units(), this.pools.pools(), values));
	}

	/**
	 * Tell how one pool is.
	 * @param pool the name of its bean
	 * @return the pool, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable PoolDescriptor pool(@Selector String pool) {
		return pool(pool, this.showValues.isShown(true));
	}

	@Nullable PoolDescriptor pool(String name, boolean shown) {
		ShownValues values = new ShownValues(this.sanitizer, shown);
		GuardedPool guarded = find(name);
		return (guarded != null) ? this.descriptions.of(guarded, values)
				: this.pools.startedPools()
					.stream()
					.filter((pool) -> pool.beanName().equals(name))
					.findFirst()
					.map((pool) -> this.descriptions.of(pool, values))
					.orElse(null);
	}

	/**
	 * Tell of the connections of a guarded pool, what has happened to it, its last
	 * minutes, or what belongs into a ticket.
	 * @param pool the name of the pool's bean
	 * @param section {@code connections}, {@code events}, {@code samples} or
	 * {@code ticket}
	 * @param cause the cause of the losses to be told alone, or {@code null} to tell of
	 * all events
	 * @return that, or {@code null} if there is no such pool or section
	 */
	@ReadOperation(produces = { JSON_V3, JSON_V2, JSON, TEXT })
	public @Nullable OperationResponseBody section(@Selector String pool, @Selector String section,
			@Nullable String cause) {
		return section(pool, section, cause, this.showValues.isShown(true));
	}

	@Nullable OperationResponseBody section(String name, String section, @Nullable String cause, boolean shown) {
		GuardedPool pool = find(name);
		if (pool == null) {
			return null;
		}
		ShownValues values = new ShownValues(this.sanitizer, shown);
		return switch (section) {
			case CONNECTIONS -> this.descriptions.connectionsOf(pool, values);
			case EVENTS -> PoolEventLog.describe(this.descriptions.events(pool),
					(cause != null) ? Choice.of("cause", LossCause.values(), cause) : null, values);
			case SAMPLES -> PoolDetails.samplesOf(pool);
			case TICKET -> new TicketDescriptor(PoolDetails.ticketOf(pool, this.descriptions.of(pool, values),
					this.descriptions.events(pool), values, Instant.now()));
			default -> null;
		};
	}

	/**
	 * Do something to a guarded pool, in the background, or look at the threads that hold
	 * its connections.
	 * @param pool the name of its bean
	 * @param action what to do
	 * @return what was begun or seen, or {@code null} if there is no such pool
	 * @throws InvalidEndpointRequestException if there is no such action
	 */
	@WriteOperation
	public @Nullable OperationResponseBody act(@Selector String pool, String action) {
		return act(pool, action, this.showValues.isShown(true));
	}

	@Nullable OperationResponseBody act(String pool, String action, boolean shown) {
		GuardedPool found = find(pool);
		if (found == null) {
			return null;
		}
		PoolAction chosen = Choice.of("action", PoolAction.values(), action);
		return (chosen != PoolAction.STACKS) ? new ActionDescriptor(chosen.toString(), begin(chosen, found))
				: PoolDetails.stacksOf(found, () -> isSomebodyWaitingBeside(found),
						new ShownValues(this.sanitizer, shown));
	}

	private String begin(PoolAction chosen, GuardedPool found) {
		return switch (chosen) {
			case PING -> "%d idle connections are pinged".formatted(this.ping.applyAsInt(found));
			case REPLACE -> "%d connections are replaced, those in use when they are given back"
				.formatted(found.replaceConnections());
			case FORGET_LIMIT ->
				found.forgetLimit() ? "the learned limit is forgotten" : "nothing: no limit was learned";
			case RECORD_BORROWS -> {
				found.leases().recordBorrowers();
				yield "the places are recorded where connections are borrowed, until the application ends";
			}
			case STACKS -> throw new IllegalArgumentException("Nothing is begun by " + chosen);
		};
	}

	private boolean isSomebodyWaitingBeside(GuardedPool asked) {
		return this.pools.pools().stream().anyMatch((pool) -> pool != asked && pool.snapshot().waiting() > 0)
				|| this.pools.startedPools().stream().anyMatch((pool) -> pool.snapshot().waiting() > 0);
	}

	private @Nullable GuardedPool find(String name) {
		return this.pools.pools().stream().filter((pool) -> pool.beanName().equals(name)).findFirst().orElse(null);
	}

}
