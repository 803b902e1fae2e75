package io.github.connectionguard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what users may touch is what {@code public-api.txt} says, which lists the
 * types and below each what is public or protected of it. To change that is to change the
 * file.
 */
class PublicApiTests {

	private static final JavaClasses PRODUCTION = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.github.connectionguard");

	@Test
	void apiIsWhatIsWrittenDown() throws IOException {
		String written = written();
		String actual = written.lines()
			.filter((line) -> !line.isEmpty() && !line.startsWith("\t"))
			.map((name) -> name + "\n" + describe(type(name), "\t"))
			.collect(Collectors.joining("\n"));
		assertThat(actual).isEqualTo(written);
	}

	private static String written() throws IOException {
		try (InputStream file = PublicApiTests.class.getResourceAsStream("public-api.txt")) {
			return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/**
	 * Return the only type of a name, in whatever package it is.
	 */
	private static Class<?> type(String name) {
		List<JavaClass> types = PRODUCTION.stream()
			.filter((type) -> type.isTopLevelClass() && type.getSimpleName().equals(name))
			.toList();
		assertThat(types).as(name).hasSize(1);
		return types.get(0).reflect();
	}

	private static String describe(Class<?> type, String indent) {
		String members = Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
			.flatMap(Stream::of)
			.filter((member) -> isVisible(member.getModifiers()) && !member.isSynthetic() && !isObjects(member))
			.map((member) -> indent + "\t" + simple(signature(member).replace(type.getTypeName() + ".", "")) + "\n")
			.sorted()
			.collect(Collectors.joining());
		String nested = Stream.of(type.getDeclaredClasses())
			.filter((its) -> isVisible(its.getModifiers()))
			.map((its) -> describe(its, indent + "\t"))
			.sorted()
			.collect(Collectors.joining());
		return indent + simple(header(type)) + "\n" + members + nested;
	}

	private static String header(Class<?> type) {
		Type parent = type.getGenericSuperclass();
		String header = type.toGenericString().replace("sealed ", ""); // only newer JDKs
																		// tell
		if (parent != null && parent != Object.class) {
			header += " extends " + parent.getTypeName();
		}
		for (Type contract : type.getGenericInterfaces()) {
			header += " implements " + contract.getTypeName();
		}
		return header;
	}

	private static String signature(Member member) {
		if (member instanceof Field field) {
			return field.toGenericString();
		}
		if (member instanceof Method method && method.getDefaultValue() != null) {
			return method.toGenericString() + " default " + method.getDefaultValue();
		}
		return (member instanceof Method method) ? method.toGenericString()
				: ((Constructor<?>) member).toGenericString();
	}

	/**
	 * Whether a member is what every object has.
	 */
	private static boolean isObjects(Member member) {
		return Stream.of(Object.class.getMethods()).anyMatch((its) -> its.getName().equals(member.getName()));
	}

	private static boolean isVisible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	/**
	 * Leave out packages, which may change while nobody has used them.
	 */
	private static String simple(String signature) {
		return signature.replaceAll("(?<![\\w.])([a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
	}

}
