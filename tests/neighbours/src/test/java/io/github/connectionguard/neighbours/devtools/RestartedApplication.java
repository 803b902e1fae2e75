package io.github.connectionguard.neighbours.devtools;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.connectionguard.neighbours.LineController;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application that has DevTools restart it until it has started a number of times, and
 * prints what is to be seen of each start. Each has a class loader of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LineController.class)
public class RestartedApplication {

	static final String MARK = "seen: ";

	static final int STARTS = 4;

	/**
	 * The loaders of all starts, in what is the same for all of them.
	 */
	private static final List<WeakReference<ClassLoader>> LOADERS = loaders();

	public static void main(String[] args) throws IOException {
		// Never returns on the main thread, which DevTools end once it has begun another
		ConfigurableApplicationContext context = SpringApplication.run(RestartedApplication.class, args);
		LOADERS.add(new WeakReference<>(RestartedApplication.class.getClassLoader()));
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		System.out.println(MARK + "write " + get(port, "write?name=written") + ", failure "
				+ get(port, "fail?name=undone") + ", threads " + guardsThreads());
		// Whoever asked for this start waits for the end of this method
		new Thread((LOADERS.size() < STARTS) ? Restarter.getInstance()::restart : RestartedApplication::end).start();
	}

	@SuppressWarnings("unchecked")
	private static List<WeakReference<ClassLoader>> loaders() {
		Properties shared = System.getProperties();
		return (List<WeakReference<ClassLoader>>) shared.computeIfAbsent("neighbours.loaders",
				(key) -> new CopyOnWriteArrayList<>());
	}

	private static int get(String port, String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/" + path)
			.toURL()
			.openConnection();
		try {
			return connection.getResponseCode();
		}
		finally {
			connection.disconnect();
		}
	}

	/**
	 * Return how many of the guard's threads there are that tell the time, of all starts.
	 */
	private static long guardsThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("connection-guard-timer"))
			.count();
	}

	/**
	 * Collect garbage until earlier starts are gone, which they are not if somebody keeps
	 * what they had. A thread of DevTools keeps one.
	 */
	private static void end() {
		try {
			for (int i = 0; i < 300 && loadersLeft() > 2; i++) {
				System.gc();
				Thread.sleep(100);
			}
			System.out.println(MARK + "earlier starts are kept: " + (loadersLeft() > 2));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		System.exit(0);
	}

	private static long loadersLeft() {
		return LOADERS.stream().filter((loader) -> loader.get() != null).count();
	}

}
