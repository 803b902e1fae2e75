package io.github.connectionguard.lifetime;

import java.time.Duration;

/**
 * How long the server lets one session stay idle.
 *
 * @param waitTimeout the session's {@code wait_timeout}, at least one second
 * @param source where that value came from
 */
public record ServerLimits(Duration waitTimeout, LimitSource source) {

}
