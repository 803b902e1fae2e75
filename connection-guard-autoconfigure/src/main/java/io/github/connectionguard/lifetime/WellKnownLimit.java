package io.github.connectionguard.lifetime;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Idle limits of products that stand between an application and its server, as their
 * documentation gives them. A limit that was learned is about as long as one of them, and
 * never shorter.
 */
public enum WellKnownLimit {

	/**
	 * 4 minutes, silent unless the rule sends TCP resets.
	 */
	AZURE_LOAD_BALANCER(240, "Azure's load balancer"),

	/**
	 * 350 seconds: connection tracking of the Nitro v6 generation, flows of a Network
	 * Load Balancer and of Network Firewall.
	 */
	AWS(350, "AWS: a Network Load Balancer, Network Firewall, or a security group on newer instances"),

	/**
	 * 10 minutes.
	 */
	GOOGLE_VPC(600, "Google Cloud's network"),

	/**
	 * 20 minutes.
	 */
	GOOGLE_NAT(1200, "Google's Cloud NAT or Private Service Connect"),

	/**
	 * 30 minutes.
	 */
	RDS_PROXY(1800, "Amazon RDS Proxy"),

	/**
	 * 1 hour, also during a long query.
	 */
	ENVOY(3600, "Envoy, as in Istio");

	private final Duration limit;

	private final String owner;

	WellKnownLimit(int seconds, String owner) {
		this.limit = Duration.ofSeconds(seconds);
		this.owner = owner;
	}

	/**
	 * Find the product whose default a limit is likely to be.
	 * @param learned the shortest idle time that a connection did not survive
	 * @return the product, or empty if the number tells nothing
	 */
	public static Optional<WellKnownLimit> of(Duration learned) {
		return Stream.of(values()).filter((known) -> known.isAbout(learned)).findFirst();
	}

	/**
	 * What is noticed at a ping or a borrow is noticed some time later.
	 */
	private boolean isAbout(Duration learned) {
		Duration late = learned.minus(this.limit);
		return late.compareTo(Duration.ofSeconds(-2)) > 0 && late.compareTo(this.limit.dividedBy(10)) < 0;
	}

	/**
	 * Return the limit.
	 * @return the default of the product
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * Return whose limit it is, for a sentence.
	 * @return the name of the product
	 */
	public String owner() {
		return this.owner;
	}

}
