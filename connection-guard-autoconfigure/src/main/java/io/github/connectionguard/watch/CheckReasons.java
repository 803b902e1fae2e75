package io.github.connectionguard.watch;

import java.time.Duration;

/**
 * What there is to look for one server for.
 *
 * @param suspectedAt when there was reason to look for the last time
 * @param waiting how long somebody has been waiting for an answer of the server
 * @param quiet how long the server has not been heard, zero if nobody cares
 * @param anybodyWaits whether somebody waits for an answer or a connection
 * @param heard whether the server was heard since the oldest login under way began
 */
record CheckReasons(long suspectedAt, Duration waiting, Duration quiet, boolean anybodyWaits, boolean heard) {

}
