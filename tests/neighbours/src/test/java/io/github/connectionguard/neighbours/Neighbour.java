package io.github.connectionguard.neighbours;

import java.util.List;
import java.util.stream.Stream;

/**
 * An application that uses a library.
 *
 * @param application its class, with {@code @EnableAutoConfiguration}
 * @param packages where its auto-configurations are, those of other packages do not count
 * @param properties its properties, as {@code name=value}
 */
public record Neighbour(Class<?> application, List<String> packages, List<String> properties) {

	private static final List<String> DATABASE = List.of("org.springframework.boot.autoconfigure",
			"org.springframework.boot.jdbc", "org.springframework.boot.sql", "org.springframework.boot.transaction");

	private static final List<String> WEB = List.of("org.springframework.boot.tomcat",
			"org.springframework.boot.servlet", "org.springframework.boot.web", "org.springframework.boot.webmvc",
			"org.springframework.boot.http.converter", "org.springframework.boot.jackson");

	private static final List<String> REACTIVE = List.of("org.springframework.boot.reactor",
			"org.springframework.boot.web", "org.springframework.boot.webflux", "org.springframework.boot.http.codec",
			"org.springframework.boot.jackson");

	/**
	 * Return an application that answers no requests.
	 * @param application the application
	 * @return the neighbour
	 */
	public static Neighbour without(Class<?> application) {
		return new Neighbour(application, DATABASE, List.of("spring.main.web-application-type=none"));
	}

	/**
	 * Return an application that answers requests by Spring MVC on Tomcat.
	 * @param application the application
	 * @return the neighbour
	 */
	public static Neighbour web(Class<?> application) {
		return new Neighbour(application, join(DATABASE, WEB),
				List.of("spring.main.web-application-type=servlet", "server.port=0"));
	}

	/**
	 * Return an application that answers requests by Spring WebFlux on Netty.
	 * @param application the application
	 * @return the neighbour
	 */
	public static Neighbour reactive(Class<?> application) {
		return new Neighbour(application, join(DATABASE, REACTIVE),
				List.of("spring.main.web-application-type=reactive", "server.port=0"));
	}

	/**
	 * Return the same with more auto-configurations.
	 * @param added the packages they are in, or below
	 * @return the neighbour
	 */
	public Neighbour packages(String... added) {
		return new Neighbour(this.application, join(this.packages, List.of(added)), this.properties);
	}

	/**
	 * Return the same with more properties.
	 * @param added the properties, as {@code name=value}
	 * @return the neighbour
	 */
	public Neighbour properties(String... added) {
		return new Neighbour(this.application, this.packages, join(this.properties, List.of(added)));
	}

	private static List<String> join(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

}
