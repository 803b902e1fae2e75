package io.github.connectionguard.benchmarks.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.connectionguard.benchmarks.faults.load.Answer;

/**
 * The course of a fault at a site: what happens, and what the requests come to meanwhile.
 */
final class Course {

	private static final int POOL_SIZE = 8;

	private static final int CALM_BURSTS = 5;

	private static final int MOST_BURSTS = 60;

	private static final double HOLD = 0.2;

	private static final double SECONDS_A_MINUTE = 60;

	private final FaultSite site;

	private final List<Round> rounds = new ArrayList<>();

	private ServerCounts counts = ServerCounts.NONE;

	private ServerCounts base = ServerCounts.NONE;

	Course(FaultSite site) {
		this.site = site;
	}

	FaultSite site() {
		return this.site;
	}

	/**
	 * Uses each connection of each pool until all of them are well, and the applications
	 * have run for a while.
	 */
	void calmDown() {
		int well = 0;
		for (int i = 0; well < CALM_BURSTS; i++) {
			List<Answer> failures = fill();
			well = failures.isEmpty() ? well + 1 : 0;
			if (i == MOST_BURSTS) {
				throw new IllegalStateException("There is no calm: " + failures);
			}
		}
		steady(10, 0);
		pass(Duration.ofSeconds(5));
		stop();
	}

	/**
	 * Uses each connection of each pool.
	 * @return what failed
	 */
	List<Answer> fill() {
		long begin = System.nanoTime();
		burst();
		await();
		return this.site.load().since(begin).stream().filter(Answer::failed).toList();
	}

	/**
	 * Begins a round, whose fault ends now unless {@link #faultEnds()} says otherwise.
	 */
	void round() {
		if (this.rounds.isEmpty()) {
			this.base = this.site.counts();
		}
		this.rounds.add(new Round(System.nanoTime(), System.nanoTime()));
	}

	void faultEnds() {
		int last = this.rounds.size() - 1;
		this.rounds.set(last, new Round(this.rounds.get(last).begin(), System.nanoTime()));
	}

	/**
	 * Ends the last round: what is sent from now on counts for none.
	 */
	void roundEnds() {
		stop();
		await();
		this.rounds.add(new Round(System.nanoTime(), 0));
	}

	/**
	 * Asks each application for as many writes at once as its pool has connections.
	 */
	void burst() {
		this.site.load().burst(POOL_SIZE, HOLD);
	}

	void steady(double rate, double hold) {
		this.site.load().steady(rate, hold);
	}

	void stop() {
		this.site.load().stop();
	}

	void await() {
		this.site.load().awaitAnswers();
	}

	void pass(Duration time) {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while time passes", ex);
		}
	}

	/**
	 * Restarts the server, whose counts begin anew.
	 */
	void restart() {
		this.counts = this.counts.plus(this.site.counts().minus(this.base));
		this.base = ServerCounts.NONE;
		this.site.network().atServer(() -> {
			this.site.server().restart();
			return true;
		});
	}

	/**
	 * Judges the rounds.
	 */
	Map<Contender, Judgement> judge() {
		double minutes = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.rounds.get(0).begin())
				/ SECONDS_A_MINUTE;
		ServerCounts all = this.counts.plus(this.site.counts().minus(this.base));
		Map<String, List<Answer>> answers = this.site.load()
			.since(this.rounds.get(0).begin())
			.stream()
			.collect(Collectors.groupingBy(Answer::application));
		Map<Contender, Judgement> judgements = new LinkedHashMap<>();
		for (Contender contender : this.site.contenders()) {
			String account = contender.account();
			judgements.put(contender,
					new Judgement(outcomes(answers.getOrDefault(account, List.of()), this.site.rows(contender)),
							all.logins().getOrDefault(account, 0L) / minutes,
							all.pings().getOrDefault(account, 0L) / minutes));
		}
		return judgements;
	}

	private List<Outcome> outcomes(List<Answer> answers, Set<Long> rows) {
		List<Outcome> outcomes = new ArrayList<>();
		for (int i = 0; i < this.rounds.size(); i++) {
			Round round = this.rounds.get(i);
			long next = (i + 1 < this.rounds.size()) ? this.rounds.get(i + 1).begin() : System.nanoTime();
			if (round.faultEnd() != 0) {
				outcomes.add(Outcome.of(answers.stream()
					.filter((answer) -> answer.begin() - round.begin() >= 0 && answer.begin() - next < 0)
					.toList(), round.faultEnd(), rows));
			}
		}
		return outcomes;
	}

	/**
	 * From when answers count, and when the fault ended.
	 *
	 * @param begin the beginning
	 * @param faultEnd the end of the fault, 0 between rounds
	 */
	private record Round(long begin, long faultEnd) {

	}

	/**
	 * What an application came to.
	 *
	 * @param outcomes of each round
	 * @param logins how often it logged in, a minute
	 * @param pings how often it pinged, a minute
	 */
	record Judgement(List<Outcome> outcomes, double logins, double pings) {

	}

}
