package io.github.connectionguard.neighbours.war;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat that deploys applications from folders, one after the other. Prints a line of
 * what is to be seen of each. Runs with nothing but Tomcat on its class path.
 */
public final class Container {

	static final String MARK = "seen: ";

	/**
	 * What Tomcat says of what an application leaves behind, such as a driver. A thread
	 * may be about to end, and keeps the application's loader if it is not.
	 */
	private static final List<String> WARNINGS = new CopyOnWriteArrayList<>();

	/**
	 * A logger that nobody refers to is forgotten with its handlers.
	 */
	private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

	private final Tomcat tomcat = new Tomcat();

	private Container(String base) throws Exception {
		this.tomcat.setBaseDir(base);
		this.tomcat.setPort(0);
		this.tomcat.getConnector();
		this.tomcat.start();
	}

	public static void main(String[] args) throws Exception {
		LEAKS.addHandler(new Warnings());
		Container container = new Container(args[0]);
		for (String folder : List.of(args).subList(1, args.length)) {
			container.deployAndUndeploy(folder);
		}
		container.tomcat.stop();
		System.exit(0);
	}

	private void deployAndUndeploy(String folder) throws Exception {
		WARNINGS.clear();
		StringBuilder seen = new StringBuilder(MARK);
		WeakReference<ClassLoader> loader = deployAndUndeploy(folder, seen);
		forgetTheLastRecord();
		System.out
			.println(seen.append(", nothing left: ").append(isGone(loader)).append(", warnings: ").append(WARNINGS));
	}

	/**
	 * In a method of its own, so that no variable keeps the application.
	 */
	private WeakReference<ClassLoader> deployAndUndeploy(String folder, StringBuilder seen) throws Exception {
		Context context = this.tomcat.addWebapp("/app", folder);
		seen.append(context.getStateName());
		seen.append(", a write answered ").append(get("write?name=written"));
		seen.append(", a failure ").append(get("fail?name=undone"));
		WeakReference<ClassLoader> loader = new WeakReference<>(context.getLoader().getClassLoader());
		context.stop();
		seen.append(", ").append(context.getStateName());
		this.tomcat.getHost().removeChild(context);
		return loader;
	}

	private int get(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI
			.create("http://127.0.0.1:" + this.tomcat.getConnector().getLocalPort() + "/app/" + path)
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
	 * Let the JDK compare a record of this class. JDK 17 keeps the types of the record
	 * whose methods were linked last, which is one of the application's.
	 */
	private static void forgetTheLastRecord() throws Exception {
		MethodHandles.Lookup lookup = MethodHandles.lookup();
		MethodHandle component = lookup.findVirtual(Last.class, "last", MethodType.methodType(Last.class));
		for (String method : List.of("equals", "hashCode", "toString")) {
			try {
				ObjectMethods.bootstrap(lookup, method, MethodHandle.class, Last.class, "last", component);
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Collect garbage until a loader is gone, which it is not while a thread, a driver,
	 * an MBean or a shutdown hook is left.
	 */
	private static boolean isGone(WeakReference<ClassLoader> loader) throws InterruptedException {
		for (int i = 0; i < 300 && loader.get() != null; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return loader.get() == null;
	}

	/**
	 * A record with a component of a class of its own.
	 *
	 * @param last the component
	 */
	private record Last(Last last) {

	}

	private static final class Warnings extends Handler {

		@Override
		public void publish(LogRecord logged) {
			if (logged.getLevel().intValue() >= Level.WARNING.intValue()
					&& !logged.getMessage().contains("started a thread")) {
				WARNINGS.add(logged.getMessage());
			}
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
