package io.github.connectionguard.network.site;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.testsupport.network.Network;
import io.github.connectionguard.testsupport.network.Replication;

/**
 * What a site is to be like.
 *
 * @param name its name, which its logs have
 * @param options options of its servers
 * @param path what happens to its network before the applications start
 * @param isFast whether the pools can be filled before anything is measured
 * @param proxySettings settings of a proxy, empty for none
 * @param proxyOptions options of its servers, one for each server
 */
public record SitePlan(String name, List<String> options, Consumer<Network> path, boolean isFast, String proxySettings,
		List<String> proxyOptions) {

	// servers look clients up by name, as they do by default
	private static final List<String> DEFAULTS = List.of("--bind-address=0.0.0.0", "--skip-name-resolve=OFF");

	/**
	 * Plans a site with a path that works and one server.
	 * @param name its name
	 * @return the plan
	 */
	public static SitePlan of(String name) {
		return new SitePlan(name, DEFAULTS, (network) -> {
		}, true, "", List.of(""));
	}

	/**
	 * Adds a path that is different from the beginning.
	 * @param path what happens to the network before the applications start
	 * @return the plan
	 */
	public SitePlan withPath(Consumer<Network> path) {
		return new SitePlan(this.name, this.options, path, this.isFast, this.proxySettings, this.proxyOptions);
	}

	/**
	 * Leaves it to the test to fill the pools, as that takes long.
	 * @return the plan
	 */
	public SitePlan filledLater() {
		return new SitePlan(this.name, this.options, this.path, false, this.proxySettings, this.proxyOptions);
	}

	/**
	 * Puts a proxy before the servers.
	 * @param settings its settings
	 * @param servers options of its servers, one for each server
	 * @return the plan
	 */
	public SitePlan behindProxy(String settings, String... servers) {
		return new SitePlan(this.name, this.options, this.path, this.isFast, settings, List.of(servers));
	}

	/**
	 * Adds options of the servers.
	 * @param options the options
	 * @return the plan
	 */
	public SitePlan withServerOptions(List<String> options) {
		List<String> all = Stream.concat(this.options.stream(), options.stream()).toList();
		return new SitePlan(this.name, all, this.path, this.isFast, this.proxySettings, this.proxyOptions);
	}

	/**
	 * Has the second server follow the first one.
	 * @return the plan
	 */
	public SitePlan replicated() {
		return withServerOptions(Replication.OPTIONS);
	}

	/**
	 * Makes it so.
	 * @return the site, whose pools are full
	 * @throws Exception if it cannot be made
	 */
	public Site open() throws Exception {
		return new Site(this);
	}

	boolean isProxied() {
		return !this.proxySettings.isEmpty();
	}

	int servers() {
		return this.proxyOptions.size();
	}

	boolean isReplicated() {
		return this.options.containsAll(Replication.OPTIONS);
	}

	String[] serverOptions(int number) {
		return Stream.concat(this.options.stream(), Stream.of("--server-id=" + (number + 1))).toArray(String[]::new);
	}

	String proxyServers(List<TestServer> servers) {
		return servers.stream()
			.map((server) -> " server number" + servers.indexOf(server) + " " + Network.SERVER + ":" + server.port()
					+ " " + this.proxyOptions.get(servers.indexOf(server)))
			.collect(Collectors.joining("\n"));
	}

}
