package io.github.connectionguard.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.hikari.GuardedPools;
import io.github.connectionguard.test.GuardedApplication;
import io.github.connectionguard.testsupport.TestServer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/meters.md} lists the meters there are, and no others.
 */
class MeterDocumentationTests {

	private static final Pattern SAMPLE = Pattern
		.compile("([a-z][a-z_]*[a-z])\\{([a-z]+=\"[^\"]*\",?)+} (NaN|-?[0-9.E+-]+)");

	private static final Pattern METER = Pattern.compile("(?<!:)connection_guard_[a-z_]+");

	private final TestServer server = TestServer.shared();

	@Test
	void tableListsAllMetersWithTypeUnitAndTags() {
		withMeters(new SimpleMeterRegistry(), (registry) -> {
			Set<String> actual = registry.getMeters()
				.stream()
				.map(MeterDocumentationTests::describe)
				.collect(Collectors.toCollection(TreeSet::new));
			assertThat(documented((row) -> String.join(" | ", row.get(0), row.get(2), row.get(3), row.get(4))))
				.containsExactlyElementsOf(actual);
		});
	}

	private static String describe(Meter meter) {
		Meter.Id id = meter.getId();
		String unit = (id.getBaseUnit() != null) ? id.getBaseUnit() : "";
		String tags = id.getTags()
			.stream()
			.map(Tag::getKey)
			.filter((key) -> !key.equals("pool") && !key.equals("name"))
			.collect(Collectors.joining(", "));
		return String.join(" | ", id.getName(), id.getType().name().toLowerCase(Locale.ROOT), unit, tags);
	}

	@Test
	void everyMeterSaysWhatItIs() {
		withMeters(new SimpleMeterRegistry(), (registry) -> assertThat(registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank()));
	}

	@Test
	void tableListsTheNamesThatPrometheusSees() {
		withMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
				(registry) -> assertThat(documented((row) -> row.get(1))).containsExactlyElementsOf(registry.scrape()
					.lines()
					.filter((line) -> line.startsWith("# TYPE "))
					.map((line) -> line.split(" ")[2])
					.collect(Collectors.toCollection(TreeSet::new))));
	}

	@Test
	void prometheusGetsValidNamesAndNoSampleTwice() {
		withMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), (registry) -> {
			List<String> samples = registry.scrape().lines().filter((line) -> !line.startsWith("#")).toList();
			assertThat(samples).isNotEmpty().allMatch((sample) -> SAMPLE.matcher(sample).matches());
			assertThat(samples).extracting((sample) -> sample.substring(0, sample.indexOf('}')))
				.doesNotHaveDuplicates();
		});
	}

	@Test
	void dashboardAndRulesUseNoMeterThatIsNotThere() throws IOException {
		Set<String> known = documented((row) -> row.get(1));
		for (String file : List.of("connection-guard.json", "rules.yml", "rules-test.yml")) {
			assertThat(METER.matcher(Files.readString(Path.of("..", "docs", "monitoring", file))).results()).as(file)
				.hasSizeGreaterThan(5)
				.extracting((found) -> found.group().replaceAll("_(sum|count)$", ""))
				.allMatch(known::contains);
		}
	}

	@Test
	void nameOfABeanIsShortenedAsSpringBootDoes() {
		assertThat(Stream.of("reportsDataSource", "reportsDatasource", "dataSource", "shop", "tenants.acme")
			.map(PoolMeters::withoutSuffix))
			.containsExactly("reports", "reports", "dataSource", "shop", "tenants.acme");
	}

	private <R extends MeterRegistry> void withMeters(R registry, Consumer<R> test) {
		GuardedApplication.on(this.server, "").withPropertyValues("connection-guard.eager=false").run((context) -> {
			new GuardMeters(context.getBean(GuardedPools.class)).bindTo(registry);
			test.accept(registry);
		});
	}

	/**
	 * What the table has, of what its rows have between the bars, without back quotes.
	 */
	private static Set<String> documented(Function<List<String>, String> what) {
		try (Stream<String> lines = Files.lines(Path.of("..", "docs", "meters.md"))) {
			return lines.filter((line) -> line.startsWith("| `"))
				.map((line) -> Stream.of(line.substring(1).split("\\|")).map(MeterDocumentationTests::plain).toList())
				.map(what)
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String plain(String cell) {
		Matcher quoted = Pattern.compile("`([^`]*)`").matcher(cell.strip());
		return quoted.matches() ? quoted.group(1) : cell.strip();
	}

}
