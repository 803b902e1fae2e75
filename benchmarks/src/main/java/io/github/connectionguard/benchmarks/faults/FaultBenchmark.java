package io.github.connectionguard.benchmarks.faults;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

import io.github.connectionguard.benchmarks.faults.Course.Judgement;
import io.github.connectionguard.benchmarks.report.Benchmark;
import io.github.connectionguard.benchmarks.report.Machine;
import io.github.connectionguard.benchmarks.report.Measurement;
import io.github.connectionguard.benchmarks.report.Presentation;
import io.github.connectionguard.benchmarks.report.Results;
import io.github.connectionguard.benchmarks.report.ResultsFile;

/**
 * What becomes of requests while the server, or the way to it, fails: the same web
 * application with each pool, all at the same time and the same server.
 */
public final class FaultBenchmark implements Benchmark {

	private static final List<String> LIBRARIES = List.of("spring-boot", "mysql-connector-j", "HikariCP", "tomcat-jdbc",
			"commons-dbcp2", "druid", "agroal-pool", "c3p0", "vibur-dbcp", "mariadb-java-client");

	@Override
	public String name() {
		return "faults";
	}

	@Override
	public Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		for (String library : LIBRARIES) {
			jarVersion(library).ifPresent((version) -> versions.put(library, version));
		}
		for (String library : List.of("sqlalchemy", "django", "MySQLdb")) {
			Python.version(library).ifPresent((version) -> versions.put(library, version));
		}
		// whoever reads times has to know what else the machine did
		versions.put("load average before it",
				"%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		return versions;
	}

	private static Optional<String> jarVersion(String library) {
		return Pattern.compile("/%s-(\\d[^/]*)\\.jar".formatted(library))
			.matcher(System.getProperty("java.class.path"))
			.results()
			.map((jar) -> jar.group(1))
			.findFirst();
	}

	@Override
	public List<Measurement> measure(boolean quick) throws Exception {
		List<Contender> contenders = contenders();
		List<Measurement> measurements = new ArrayList<>();
		for (Fault fault : quick ? new Fault[] { Fault.KILL_QUIET } : Fault.values()) {
			measurements.addAll(measure(fault, contenders));
		}
		return measurements;
	}

	/**
	 * Measure some faults alone, and keep the rest of what was measured before.
	 * @param faults the names of faults
	 * @throws Exception if something does not work
	 */
	public static void main(String[] faults) throws Exception {
		FaultBenchmark benchmark = new FaultBenchmark();
		ResultsFile file = new ResultsFile(Path.of("results", benchmark.name() + ".json"));
		for (String name : faults) {
			Fault fault = Fault.valueOf(name);
			List<Measurement> measured = benchmark.measure(fault, contenders());
			List<Measurement> all = new ArrayList<>();
			for (Fault row : Fault.values()) {
				List<Measurement> known = file.isThere() ? file.read().measurements() : List.of();
				((row == fault) ? measured : known).stream()
					.filter((measurement) -> measurement.row().equals(row.title()))
					.forEach(all::add);
			}
			file.write(new Results(LocalDate.now().toString(), Machine.describe(), benchmark.versions(), all));
		}
		System.exit(0);
	}

	private static List<Contender> contenders() {
		List<Contender> contenders = new ArrayList<>();
		for (Contender contender : Contender.values()) {
			contender.missing()
				.ifPresentOrElse((reason) -> System.out.printf("%s is not run: %s%n", contender.title(), reason),
						() -> contenders.add(contender));
		}
		return contenders;
	}

	private List<Measurement> measure(Fault fault, List<Contender> contenders) throws Exception {
		try (FaultSite site = FaultSite.open(fault.name(), fault.plan(), contenders)) {
			Course course = new Course(site);
			course.calmDown();
			fault.happen(course);
			List<Measurement> measurements = new ArrayList<>();
			course.judge()
				.forEach((contender, judgement) -> measurements
					.addAll(measurements(fault.title(), contender.title(), judgement)));
			return measurements;
		}
	}

	private static List<Measurement> measurements(String row, String column, Judgement judgement) {
		return List.of(of(row, column, FaultTable.FAILED, "", judgement, Outcome::failed),
				of(row, column, FaultTable.SPOILED, "", judgement, Outcome::spoiled),
				of(row, column, FaultTable.SLOWEST, "s", judgement, Outcome::slowest),
				of(row, column, FaultTable.RECOVERY, "s", judgement, Outcome::recovery),
				of(row, column, FaultTable.FAILED_AND_DONE, "", judgement, Outcome::failedAndDone),
				of(row, column, FaultTable.LOST, "", judgement, Outcome::lost),
				new Measurement(row, column, FaultTable.LOGINS, "1/min", List.of(judgement.logins())),
				new Measurement(row, column, FaultTable.PINGS, "1/min", List.of(judgement.pings())));
	}

	private static Measurement of(String row, String column, String metric, String unit, Judgement judgement,
			ToDoubleFunction<Outcome> figure) {
		return new Measurement(row, column, metric, unit,
				judgement.outcomes().stream().mapToDouble(figure).boxed().toList());
	}

	@Override
	public Presentation present(Results results) {
		return new FaultTable(results).present();
	}

}
