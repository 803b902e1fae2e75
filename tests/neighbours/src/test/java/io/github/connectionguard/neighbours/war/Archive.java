package io.github.connectionguard.neighbours.war;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in a web application's archive, laid out in a folder.
 */
final class Archive {

	/**
	 * What an application has that has nothing but Spring MVC, a database, and the
	 * starter.
	 */
	private static final Predicate<String> LIBRARIES = Pattern
		.compile(".*/(HikariCP|mysql-connector-j|slf4j-api|logback-(classic|core)|commons-logging"
				+ "|jakarta\\.annotation-api|jspecify|micrometer-(commons|observation)"
				+ "|spring-(aop|beans|context|core|expression|jdbc|tx|web|webmvc)"
				+ "|spring-boot(-(autoconfigure|http-converter|jdbc|servlet|sql|transaction|web-server|webmvc))?"
				+ "|connection-guard-autoconfigure)-\\d[^/]*\\.jar")
		.asMatchPredicate();

	private static final Predicate<String> TOMCAT = Pattern
		.compile(".*/(tomcat-(embed-core|annotations-api)|jakarta\\.annotation-api)-[^/]*\\.jar")
		.asMatchPredicate();

	private Archive() {
	}

	/**
	 * Lay an application out.
	 * @param archive the folder to make
	 * @param classPath where its classes and libraries are
	 * @param properties the lines of its {@code application.properties}
	 * @return the folder
	 */
	static Path explode(Path archive, ClassPath classPath, List<String> properties) throws IOException {
		Path classes = Files.createDirectories(archive.resolve("WEB-INF/classes"));
		Path libraries = Files.createDirectories(archive.resolve("WEB-INF/lib"));
		for (Path entry : classPath.entries()) {
			if (Files.isDirectory(entry)) {
				pack(entry, libraries.resolve(Math.abs(entry.hashCode()) + ".jar"));
			}
			else if (LIBRARIES.test(entry.toString())) {
				Files.copy(entry, libraries.resolve(entry.getFileName()));
			}
		}
		Files.write(classes.resolve("application.properties"), properties);
		return archive;
	}

	private static void pack(Path classes, Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
				Stream<Path> all = Files.walk(classes)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
				Files.copy(file, out);
				out.closeEntry();
			}
		}
	}

	/**
	 * The class path of a process.
	 *
	 * @param entries its folders and libraries
	 */
	record ClassPath(List<Path> entries) {

		static ClassPath ofThisProcess() {
			return new ClassPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.map(Path::of)
				.filter(Files::exists)
				.toList());
		}

		/**
		 * Return what Tomcat alone has on its class path.
		 */
		String ofTomcat() {
			return this.entries.stream()
				.map(Path::toString)
				.filter(TOMCAT)
				.collect(Collectors.joining(File.pathSeparator));
		}

		/**
		 * Copy a class, and those nested in it, to where nothing else is.
		 * @param type the class
		 * @param folder where to
		 * @return the folder
		 */
		Path copyOf(Class<?> type, Path folder) throws IOException {
			String path = type.getPackageName().replace('.', '/');
			Files.createDirectories(folder.resolve(path));
			for (Path entry : this.entries.stream().filter((each) -> Files.isDirectory(each.resolve(path))).toList()) {
				try (Stream<Path> classes = Files.list(entry.resolve(path))) {
					for (Path file : classes.filter(
							(each) -> each.getFileName().toString().matches(type.getSimpleName() + "(\\$.*)?\\.class"))
						.toList()) {
						Files.copy(file, folder.resolve(path).resolve(file.getFileName()));
					}
				}
			}
			return folder;
		}

	}

}
