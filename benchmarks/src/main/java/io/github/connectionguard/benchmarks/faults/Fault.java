package io.github.connectionguard.benchmarks.faults;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.connectionguard.testsupport.network.Network;

/**
 * What goes wrong.
 */
enum Fault {

	KILL_QUIET("all sessions killed, in quiet", FaultPlan.direct(), Fault::killQuiet),

	KILL_TRAFFIC("all sessions killed, under traffic", FaultPlan.direct(), Fault::killTraffic),

	RESTART("server restarted, under traffic", FaultPlan.direct(), Fault::restart),

	FREEZE("server stands still for 10 s", FaultPlan.direct(), Fault::freeze),

	SILENCE("path silent for 20 s", FaultPlan.direct(), (course) -> silence(course, 20)),

	OUTAGES("path silent for 3, 5, 8 and 12 s", FaultPlan.direct(), Fault::outages),

	NAT("firewall forgets what is quiet for 15 s",
			FaultPlan.direct().withPath((network) -> network.forgetAfter(Duration.ofSeconds(15), Network.Memory.DROPS)),
			(course) -> quiet(course, 20, 3)),

	BALANCER("balancer closes what is quiet for 10 s", FaultPlan.direct().behindProxy("10s"),
			(course) -> quiet(course, 15, 3)),

	DEMOTED("primary demoted, sessions kept", FaultPlan.direct().behindProxy("1h").replicated(), Fault::demote),

	LOSS("25 % of packets lost for 40 s", FaultPlan.direct(), Fault::lose),

	SLOW("round trip of 1.5 s", FaultPlan.direct(), Fault::slow),

	WAIT_TIMEOUT("quiet for 75 s, `wait_timeout` 60 s", FaultPlan.direct("--wait-timeout=60").withLifetime(50),
			(course) -> quiet(course, 75, 1));

	private static final int ROUNDS = 3;

	private static final double RATE = 5;

	private static final double SHORT = 0.02;

	private final String title;

	private final FaultPlan plan;

	private final Consumer<Course> happening;

	Fault(String title, FaultPlan plan, Consumer<Course> happening) {
		this.title = title;
		this.plan = plan;
		this.happening = happening;
	}

	String title() {
		return this.title;
	}

	FaultPlan plan() {
		return this.plan;
	}

	/**
	 * Lets it happen.
	 * @param course the course, in calm
	 */
	void happen(Course course) {
		this.happening.accept(course);
	}

	private static void killQuiet(Course course) {
		for (int i = 0; i < ROUNDS; i++) {
			course.fill();
			course.round();
			course.site().killSessions();
			course.faultEnds();
			course.pass(Duration.ofMillis(50));
			course.burst();
			course.roundEnds();
			course.pass(Duration.ofSeconds(3));
		}
	}

	private static void killTraffic(Course course) {
		for (int i = 0; i < ROUNDS; i++) {
			course.round();
			course.steady(RATE, SHORT);
			course.pass(Duration.ofSeconds(2));
			course.site().killSessions();
			course.faultEnds();
			course.pass(Duration.ofSeconds(4));
			course.roundEnds();
		}
	}

	private static void restart(Course course) {
		for (int i = 0; i < ROUNDS; i++) {
			course.round();
			course.steady(RATE, SHORT);
			course.pass(Duration.ofSeconds(2));
			course.restart();
			course.faultEnds();
			course.pass(Duration.ofSeconds(8));
			course.roundEnds();
		}
	}

	private static void freeze(Course course) {
		course.round();
		course.steady(RATE, SHORT);
		course.pass(Duration.ofSeconds(2));
		course.site().server().freeze();
		course.pass(Duration.ofSeconds(10));
		course.site().server().thaw();
		course.faultEnds();
		course.pass(Duration.ofSeconds(15));
		course.roundEnds();
	}

	private static void silence(Course course, int seconds) {
		course.round();
		course.steady(RATE, SHORT);
		course.pass(Duration.ofSeconds(2));
		course.site().network().cut();
		course.pass(Duration.ofSeconds(seconds));
		course.site().network().restore();
		course.faultEnds();
		course.pass(Duration.ofSeconds(20));
		course.roundEnds();
	}

	private static void outages(Course course) {
		for (int seconds : new int[] { 3, 5, 8, 12 }) {
			course.fill();
			course.round();
			course.site().network().cut();
			course.pass(Duration.ofSeconds(1));
			course.burst();
			course.pass(Duration.ofSeconds(seconds - 1L));
			course.site().network().restore();
			course.faultEnds();
			course.roundEnds();
			course.pass(Duration.ofSeconds(3));
		}
	}

	private static void quiet(Course course, int seconds, int spells) {
		for (int i = 0; i < spells; i++) {
			course.fill();
			// what keeps connections in the quiet counts
			course.round();
			course.pass(Duration.ofSeconds(seconds));
			course.faultEnds();
			course.burst();
			course.roundEnds();
		}
	}

	private static void demote(Course course) {
		course.round();
		course.steady(RATE, SHORT);
		course.pass(Duration.ofSeconds(2));
		course.site().replication().demote();
		course.site().replication().promote();
		course.site().proxy().command("set server %s/number0 state maint");
		course.faultEnds();
		course.pass(Duration.ofSeconds(20));
		course.roundEnds();
	}

	private static void lose(Course course) {
		course.round();
		course.steady(RATE, SHORT);
		course.site().network().lose(25);
		course.pass(Duration.ofSeconds(40));
		course.site().network().restore();
		course.faultEnds();
		course.pass(Duration.ofSeconds(10));
		course.roundEnds();
	}

	private static void slow(Course course) {
		course.site().network().delay(Duration.ofMillis(1500));
		course.fill();
		for (int i = 0; i < ROUNDS; i++) {
			course.round();
			course.pass(Duration.ofSeconds(12));
			course.faultEnds();
			course.burst();
			course.roundEnds();
		}
	}

}
