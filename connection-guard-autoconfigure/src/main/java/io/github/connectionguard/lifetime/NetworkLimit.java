package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * How long a load balancer, NAT or firewall between the application and the server keeps
 * an idle flow.
 *
 * @param idleTimeout the longest idle time that survives, positive
 * @param source who says so
 */
public record NetworkLimit(Duration idleTimeout, LimitSource source) {

}
