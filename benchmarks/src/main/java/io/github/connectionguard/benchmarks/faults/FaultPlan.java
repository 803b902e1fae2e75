package io.github.connectionguard.benchmarks.faults;

import java.util.List;
import java.util.function.Consumer;

import io.github.connectionguard.testsupport.network.Network;

/**
 * What a site is to be like.
 *
 * @param options options of its servers
 * @param path what happens to its network before the applications start
 * @param proxyTimeout the timeout of a proxy before the servers, empty for no proxy
 * @param isReplicated whether a second server follows the first one, behind the proxy
 * @param lifetime how many seconds an expert lets a connection live
 */
record FaultPlan(List<String> options, Consumer<Network> path, String proxyTimeout, boolean isReplicated,
		int lifetime) {

	private static final int HALF_AN_HOUR = 1800;

	static FaultPlan direct(String... options) {
		return new FaultPlan(List.of(options), (network) -> {
		}, "", false, HALF_AN_HOUR);
	}

	FaultPlan withPath(Consumer<Network> path) {
		return new FaultPlan(this.options, path, this.proxyTimeout, this.isReplicated, this.lifetime);
	}

	FaultPlan behindProxy(String timeout) {
		return new FaultPlan(this.options, this.path, timeout, this.isReplicated, this.lifetime);
	}

	FaultPlan replicated() {
		return new FaultPlan(this.options, this.path, this.proxyTimeout, true, this.lifetime);
	}

	FaultPlan withLifetime(int seconds) {
		return new FaultPlan(this.options, this.path, this.proxyTimeout, this.isReplicated, seconds);
	}

	boolean isProxied() {
		return !this.proxyTimeout.isEmpty();
	}

}
