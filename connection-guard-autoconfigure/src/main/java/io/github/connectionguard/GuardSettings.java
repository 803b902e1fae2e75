package io.github.connectionguard;

import io.github.connectionguard.hikari.PoolSettings;
import io.github.connectionguard.keepalive.KeepaliveSettings;

/**
 * What the user may set about the guard.
 *
 * @param pools what may be set about the pools
 * @param keepalive what may be set about the keepalive
 */
public record GuardSettings(PoolSettings pools, KeepaliveSettings keepalive) {

}
