package io.github.connectionguard.neighbours;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.connectionguard.neighbours.Case.Difference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that uses a library, once without the starter and once with it, one
 * after the other: so all that is logged meanwhile is of one of them, on whichever thread
 * it is. What is to be seen is the same to the letter, but for what the documents list.
 */
@Tag("neighbours")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NeighbourTests {

	private final Neighbour neighbour;

	private Recording without;

	private Recording with;

	/**
	 * Create the tests.
	 * @param neighbour the application
	 */
	@SuppressWarnings("NullAway.Init")
	protected NeighbourTests(Neighbour neighbour) {
		this.neighbour = neighbour;
	}

	/**
	 * Return what is done with the application. A case should also assert what has to be
	 * so on both sides, lest both fail alike.
	 * @return the cases, in the order in which they run
	 */
	protected abstract List<Case> cases();

	/**
	 * Return the cases, and before and after them the start and the stop of the
	 * application, which tell of what they log.
	 * @return all that is compared
	 */
	List<Case> compared() {
		List<Case> compared = new ArrayList<>(List.of(start(new Case(Recording.START, (visit) -> {
		}))));
		compared.addAll(cases());
		compared.add(new Case(Recording.STOP, (visit) -> {
		}));
		return compared;
	}

	/**
	 * Return what the start is compared with, for tests where it is meant to differ.
	 * @param start the start
	 * @return the start with its difference
	 */
	protected Case start(Case start) {
		return start;
	}

	@BeforeAll
	void recordBoth() throws SQLException {
		Set<String> known = Recording.threads();
		this.without = Recording.of(Starter.ABSENT, this.neighbour, cases());
		Set<String> left = Recording.threads();
		left.addAll(known);
		this.with = Recording.of(Starter.PRESENT, this.neighbour, cases());
		Awaitility.await()
			.untilAsserted(() -> assertThat(Recording.threads()).as("threads that are left").isSubsetOf(left));
	}

	@Test
	void oneHasTheStarterAndTheOtherHasNot() {
		assertThat(this.without.hasStarter()).isFalse();
		assertThat(this.with.hasStarter()).isTrue();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("compared")
	void transcriptIsTheSame(Case aCase) {
		List<String> expected = new ArrayList<>(this.without.transcriptOf(aCase));
		List<String> actual = new ArrayList<>(this.with.transcriptOf(aCase));
		Difference difference = aCase.difference();
		if (difference != null) {
			String as = aCase.name() + ": " + difference.title();
			assertThat(without(expected, actual)).as(as + ", without the starter").isEqualTo(difference.without());
			assertThat(without(actual, expected)).as(as + ", with the starter").isEqualTo(difference.with());
			expected.removeAll(difference.without());
			actual.removeAll(difference.with());
		}
		assertThat(actual).as(aCase.name()).isEqualTo(expected);
	}

	private static List<String> without(List<String> lines, List<String> others) {
		return lines.stream().filter((line) -> !others.contains(line)).toList();
	}

	Stream<String> differences() {
		return compared().stream().map(Case::difference).flatMap(Stream::ofNullable).map(Difference::title);
	}

}
