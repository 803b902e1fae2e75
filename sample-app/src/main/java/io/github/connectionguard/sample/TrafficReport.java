package io.github.connectionguard.sample;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of many requests.
 *
 * @param requests how many there were
 * @param answered how many of them were answered well
 * @param slowestMillis how long the slowest took, in milliseconds
 * @param failures why the others failed, and how many for each reason
 */
record TrafficReport(int requests, long answered, long slowestMillis, Map<String, Long> failures) {

	static TrafficReport of(Collection<Traffic.Answer> answers) {
		Map<String, Long> failures = answers.stream()
			.flatMap((answer) -> Stream.ofNullable(answer.failure()))
			.collect(Collectors.groupingBy((failure) -> failure, Collectors.counting()));
		long failed = failures.values().stream().mapToLong(Long::longValue).sum();
		Duration slowest = answers.stream()
			.map(Traffic.Answer::took)
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
		return new TrafficReport(answers.size(), answers.size() - failed, slowest.toMillis(), failures);
	}

}
