package io.github.connectionguard.endpoint;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.connectionguard.diagnosis.LossCause;
import io.github.connectionguard.event.GuardEvent;

/**
 * The connections of a pool that died lately, each with the cause that was found since if
 * there is one. Immutable.
 *
 * @param latestFirst the deaths, the latest first
 */
record RecentDeaths(List<Death> latestFirst) {

	static RecentDeaths in(PoolEvidence evidence) {
		Map<String, GuardEvent.LossExplained> found = evidence.lately(GuardEvent.LossExplained.class)
			.stream()
			.collect(Collectors.toMap(GuardEvent.LossExplained::connection, Function.identity(), (one, other) -> one));
		return new RecentDeaths(evidence.lately(GuardEvent.ConnectionLost.class)
			.stream()
			.map((lost) -> Optional.ofNullable(found.get(lost.connection()))
				.map((explained) -> new Death(lost.at(), explained.cause(), explained.description()))
				.orElseGet(() -> new Death(lost.at(), lost.cause(), lost.description())))
			.toList());
	}

	boolean isEmpty() {
		return this.latestFirst.isEmpty();
	}

	int number() {
		return this.latestFirst.size();
	}

	/**
	 * Return when the first of them died.
	 */
	Instant since() {
		return this.latestFirst.get(number() - 1).at();
	}

	/**
	 * Return the latest death of the most frequent cause.
	 */
	Death typical() {
		Map<LossCause, Long> frequencies = this.latestFirst.stream()
			.collect(Collectors.groupingBy(Death::cause, Collectors.counting()));
		long most = frequencies.values().stream().max(Comparator.naturalOrder()).orElse(0L);
		return this.latestFirst.stream()
			.filter((death) -> Objects.equals(frequencies.get(death.cause()), most))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A connection that died, and of what, as far as is known by now.
	 *
	 * @param at when
	 * @param cause of what
	 * @param description the cause as a sentence
	 */
	record Death(Instant at, LossCause cause, String description) {

	}

}
