package io.github.connectionguard.keepalive;

import java.time.Duration;

/**
 * What the user may set about the keepalive.
 *
 * @param enabled whether connections are pinged at all
 * @param maxHold how long a connection in use is kept alive for whoever holds it
 */
public record KeepaliveSettings(boolean enabled, Duration maxHold) {

}
