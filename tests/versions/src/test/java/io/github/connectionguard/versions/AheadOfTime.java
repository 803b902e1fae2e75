package io.github.connectionguard.versions;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.connectionguard.versions.application.VersionsApplication;

/**
 * Has Spring process the application ahead of time, as Spring Boot's plugins do.
 */
final class AheadOfTime {

	private static final String PROCESSOR = "org.springframework.boot.SpringApplicationAotProcessor";

	private AheadOfTime() {
	}

	/**
	 * Process the application.
	 * @param java the JDK that runs it
	 * @param classPath its class path
	 * @param arguments its properties
	 * @param folder an empty folder
	 * @return the class path to run it with
	 */
	static String process(JavaHome java, String classPath, List<String> arguments, Path folder) {
		Path sources = folder.resolve("sources");
		Path resources = folder.resolve("resources");
		Path classes = folder.resolve("classes");
		List<String> command = new ArrayList<>(
				List.of(java.executable(), "-cp", classPath, PROCESSOR, VersionsApplication.class.getName(),
						sources.toString(), resources.toString(), classes.toString(), "combinations", "application"));
		command.addAll(arguments);
		ChildProcess.run(new ProcessBuilder(command), folder.resolve("processing.log"));
		compile(sources, classPath, classes);
		return String.join(File.pathSeparator, classes.toString(), resources.toString(), classPath);
	}

	private static void compile(Path sources, String classPath, Path classes) {
		List<String> arguments = new ArrayList<>(
				List.of("--release", "17", "-proc:none", "-cp", classPath, "-d", classes.toString()));
		try (Stream<Path> files = Files.walk(sources)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(String[]::new)) != 0) {
			throw new IllegalStateException("What was made ahead of time does not compile:\n" + said);
		}
	}

}
