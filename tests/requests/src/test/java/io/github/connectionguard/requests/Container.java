package io.github.connectionguard.requests;

/**
 * A servlet container an application can run in.
 */
enum Container {

	TOMCAT("jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration"),

	JETTY("tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration");

	private final String other;

	Container(String other) {
		this.other = other;
	}

	/**
	 * The property that has Spring Boot choose this one.
	 */
	String property() {
		return "spring.autoconfigure.exclude=org.springframework.boot." + this.other;
	}

}
