package io.github.connectionguard;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.jayway.jsonpath.JsonPath;
import com.zaxxer.hikari.HikariConfig;
import io.github.connectionguard.autoconfigure.ConnectionGuardProperties;
import io.github.connectionguard.session.DatabaseSessionScope;
import io.github.connectionguard.testsupport.TestServer;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the documents offer to be copied works: code compiles, settings bind,
 * statements run, commands and coordinates name what is there.
 */
class CodeBlockTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

	private static final Pattern BOOT_KEY = Pattern
		.compile("(?<![\\w./-])spring\\.(datasource(?!\\.dynamic)|jmx|application)(\\.[a-z]+(-[a-z]+)*)+(?!\\w)");

	private static final Pattern MAVEN = Pattern.compile("\\bmvn [-a-z][^`\\n]*");

	private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");

	private static final Pattern PROFILE = Pattern.compile("-P(\\S+)");

	private static final Pattern DEFINED_PROFILE = Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>(\\S+)</id>",
			Pattern.DOTALL);

	private static final Pattern ELEMENT = Pattern.compile("<(groupId|artifactId|version)>[^<]+</\\1>");

	private static final Set<String> KINDS = Set.of("", "sh", "java", "yaml", "xml", "sql", "mermaid", "text");

	private static final String IMPORTS = """
			package io.github.connectionguard;

			import com.zaxxer.hikari.*;
			import io.github.connectionguard.event.*;
			import io.github.connectionguard.session.*;
			import io.github.connectionguard.transaction.*;
			import java.util.*;
			import java.util.concurrent.*;
			import org.springframework.beans.factory.ObjectProvider;
			import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
			import org.springframework.context.annotation.Bean;
			import org.springframework.stereotype.Component;
			import org.springframework.transaction.annotation.*;
			import org.springframework.web.bind.annotation.*;

			""";

	private static final Set<String> KNOWN_KEYS = knownKeys();

	@Test
	void everyBlockIsOfAKindThatIsLookedAt() throws IOException {
		assertThat(blocks()).hasSizeGreaterThan(15).allSatisfy((block) -> assertThat(KINDS).contains(block.kind()));
	}

	@Test
	void codeCompiles(@TempDir Path classes) throws IOException {
		List<JavaFileObject> units = new ArrayList<>();
		for (String code : texts("java")) {
			units.add(new Example("Example" + units.size(), code));
		}
		assertThat(units).isNotEmpty();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter messages = new StringWriter();
		List<String> options = List.of("-proc:none", "-d", classes.toString(), "-classpath",
				System.getProperty("java.class.path"));
		boolean compiled = compiler.getTask(messages, null, null, options, null, units).call();
		assertThat(compiled).as(messages.toString()).isTrue();
	}

	@Test
	void settingsBind() throws IOException {
		for (String settings : texts("yaml")) {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("document",
					new ByteArrayResource(settings.getBytes(StandardCharsets.UTF_8)));
			List<String> keys = sources.stream().flatMap(CodeBlockTests::keys).toList();
			if (!keys.contains("scrape_configs.job_name")) { // of Prometheus
				assertThat(KNOWN_KEYS).containsAll(keys);
			}
			Binder binder = new Binder(ConfigurationPropertySources.from(sources));
			binder.bindOrCreate("connection-guard", ConnectionGuardProperties.class);
			binder.bind("spring.datasource.hikari", HikariConfig.class);
		}
	}

	@Test
	void keysOfSpringBootAreThere() throws IOException {
		for (Path document : DocumentationTests.documents()) {
			assertThat(BOOT_KEY.matcher(Files.readString(document)).results().map(MatchResult::group))
				.as(document.toString())
				.allMatch((key) -> KNOWN_KEYS.stream().anyMatch((name) -> (name + ".").startsWith(key + ".")));
		}
	}

	private static Stream<String> keys(PropertySource<?> source) {
		return Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames())
			.map((name) -> name.replaceAll("\\[\\d+]", ""));
	}

	private static Set<String> knownKeys() {
		return CodeBlockTests.class.getClassLoader()
			.resources("META-INF/spring-configuration-metadata.json")
			.flatMap(CodeBlockTests::names)
			.collect(Collectors.toSet());
	}

	private static Stream<String> names(URL metadata) {
		try (InputStream json = metadata.openStream()) {
			return JsonPath.<List<String>>read(json, "$.properties[*].name").stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void statementsRun() throws Exception {
		List<String> statements = texts("sql");
		assertThat(statements).isNotEmpty();
		for (String statement : statements) {
			TestServer.shared().execute(statement.strip().replaceAll(";$", ""));
		}
	}

	@Test
	void commandsOfMavenNameModulesAndProfilesThatAreThere() throws IOException {
		String poms = poms();
		List<String> profiles = DEFINED_PROFILE.matcher(poms).results().map((found) -> found.group(1)).toList();
		List<String> commands = new ArrayList<>();
		for (Path document : DocumentationTests.documents()) {
			MAVEN.matcher(Files.readString(document)).results().map(MatchResult::group).forEach(commands::add);
		}
		assertThat(commands).hasSizeGreaterThan(8).allSatisfy((command) -> {
			for (Matcher modules = MODULES.matcher(command); modules.find();) {
				assertThat(modules.group(1).split(",")).allMatch((module) -> isModule(module.replace("!", ""), poms));
			}
			for (Matcher profile = PROFILE.matcher(command); profile.find();) {
				assertThat(profiles).contains(profile.group(1));
			}
		});
	}

	private static boolean isModule(String module, String poms) {
		return module.startsWith(":") ? poms.contains("<artifactId>" + module.substring(1) + "</artifactId>")
				: poms.contains("<module>" + module + "</module>");
	}

	private static String poms() throws IOException {
		try (Stream<Path> files = Files.find(ROOT, 3, (file, attributes) -> file.endsWith("pom.xml"))) {
			StringBuilder poms = new StringBuilder();
			for (Path pom : files.toList()) {
				poms.append(Files.readString(pom));
			}
			return poms.toString();
		}
	}

	@Test
	void dependenciesAreThoseOfThisBuild() throws IOException {
		String starter = Files.readString(ROOT.resolve("connection-guard-starter/pom.xml"));
		List<String> dependencies = texts("xml");
		assertThat(dependencies).isNotEmpty().allSatisfy((dependency) -> {
			List<String> coordinates = ELEMENT.matcher(dependency).results().map(MatchResult::group).toList();
			assertThat(coordinates).hasSize(3).allMatch(starter::contains);
			assertThat(coordinates.get(1)).isIn("<artifactId>connection-guard-starter</artifactId>",
					"<artifactId>connection-guard-autoconfigure</artifactId>");
		});
	}

	private static List<String> texts(String kind) throws IOException {
		return blocks().stream().filter((block) -> block.kind().equals(kind)).map(Block::text).toList();
	}

	private static List<Block> blocks() throws IOException {
		List<Block> blocks = new ArrayList<>();
		for (Path document : DocumentationTests.documents()) {
			BLOCK.matcher(Files.readString(document))
				.results()
				.forEach((found) -> blocks.add(new Block(found.group(1), found.group(2))));
		}
		return blocks;
	}

	/**
	 * A block between fences.
	 */
	private record Block(String kind, String text) {

	}

	/**
	 * What examples of code take for granted. One that begins with an annotation or a
	 * modifier is a member of a class, any other one is what a method does.
	 */
	@SuppressWarnings("NullAway.Init")
	abstract static class Given {

		DatabaseSessionScope sessionScope;

		JdbcTemplate jdbc;

		EntityManager entityManager;

		HikariConfig config;

		Mail mail;

		static void prompt(DataSource pool) {
		}

		/**
		 * Whatever sends a letter.
		 */
		interface Mail {

			void send(String text);

		}

		/**
		 * Something that is stored.
		 */
		record Note(String text) {

		}

	}

	/**
	 * A class that has an example in it.
	 */
	private static final class Example extends SimpleJavaFileObject {

		private final String source;

		Example(String name, String code) {
			super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
			String member = code.matches("(?s)(@|public ).*") ? code
					: "void example(String text) throws Exception {\n" + code + "}\n";
			this.source = IMPORTS + "class " + name + " extends CodeBlockTests.Given {\n" + member + "}\n";
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.source;
		}

	}

}
