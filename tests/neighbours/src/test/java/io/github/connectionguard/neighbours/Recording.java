package io.github.connectionguard.neighbours;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.connectionguard.testsupport.TestServer;

/**
 * All that is to be seen of an application with the starter or without, from its start to
 * its stop.
 *
 * @param hasStarter whether the application had the starter
 * @param transcripts what was to be seen of each case, and of {@link #START} and
 * {@link #STOP}
 */
record Recording(boolean hasStarter, Map<String, List<String>> transcripts) {

	private static final Pattern OF_TESTS = Pattern.compile("awaitility-|HttpClient-|ForkJoinPool|process reaper");

	static final String START = "the application starts";

	static final String STOP = "the application stops";

	static Recording of(Starter starter, Neighbour neighbour, List<Case> cases) throws SQLException {
		Map<String, List<String>> transcripts = new LinkedHashMap<>();
		boolean hasStarter;
		TestServer server = TestServer.shared(); // which tells of its own start
		try (LogAboveInfo log = LogAboveInfo.record()) {
			try (Side side = Side.start(server, starter, neighbour)) {
				hasStarter = side.hasStarter();
				transcripts.put(START, List.copyOf(log.take()));
				for (Case aCase : cases) {
					List<String> transcript = new ArrayList<>(side.transcriptOf(aCase));
					transcript.addAll(log.take());
					transcripts.put(aCase.name(), transcript);
				}
			}
			transcripts.put(STOP, List.copyOf(log.take()));
		}
		return new Recording(hasStarter, transcripts);
	}

	List<String> transcriptOf(Case aCase) {
		return this.transcripts.getOrDefault(aCase.name(), List.of());
	}

	/**
	 * Return the names of the threads of this JVM, but those of the tests.
	 */
	static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map((thread) -> Constant.text(thread.getName()))
			.filter((name) -> !OF_TESTS.matcher(name).lookingAt())
			.collect(Collectors.toSet());
	}

}
