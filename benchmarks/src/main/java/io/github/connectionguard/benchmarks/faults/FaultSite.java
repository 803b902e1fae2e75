package io.github.connectionguard.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.connectionguard.benchmarks.faults.load.Load;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.testsupport.network.HaProxy;
import io.github.connectionguard.testsupport.network.Network;
import io.github.connectionguard.testsupport.network.Replication;
import org.jspecify.annotations.Nullable;

/**
 * A network with a server, and in another part of it one application for each contender,
 * with its users.
 */
final class FaultSite implements AutoCloseable {

	private static final String PASSWORD = "fault";

	private static final String TIMEOUTS = " timeout connect 5s\n timeout client %s\n timeout server %s";

	private static final String PROXY = "10.77.1.1";

	private final Deque<Runnable> resources = new ArrayDeque<>();

	private final List<Contender> contenders;

	private final Network network;

	private final List<TestServer> servers = new ArrayList<>();

	private final Load load;

	private @Nullable Replication replication;

	private @Nullable HaProxy proxy;

	private FaultSite(String name, FaultPlan plan, List<Contender> contenders) throws IOException {
		this.contenders = contenders;
		try {
			Path folder = Files.createDirectories(Path.of("target", "faults", name));
			this.network = opened(new Network(), Network::close);
			plan.path().accept(this.network);
			startServers(plan);
			createAccounts();
			startProxy(plan);
			this.load = opened(
					Load.start(this.network.first(), startApplications(plan, folder), folder.resolve("load.log")),
					Load::close);
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	static FaultSite open(String name, FaultPlan plan, List<Contender> contenders) throws IOException {
		return new FaultSite(name, plan, contenders);
	}

	private <T> T opened(T resource, Consumer<T> close) {
		this.resources.push(() -> close.accept(resource));
		return resource;
	}

	private void startServers(FaultPlan plan) {
		for (int i = 1; i <= (plan.isReplicated() ? 2 : 1); i++) {
			List<String> options = new ArrayList<>(List.of("--bind-address=0.0.0.0", "--performance-schema=ON",
					"--max-connections=1000", "--server-id=" + i));
			options.addAll(plan.options());
			options.addAll(plan.isReplicated() ? Replication.OPTIONS : List.of());
			this.servers.add(opened(this.network.atServer(() -> TestServer.start(options.toArray(String[]::new))),
					TestServer::close));
		}
		if (plan.isReplicated()) {
			this.replication = new Replication(this.network, this.servers.get(0), this.servers.get(1));
		}
	}

	private void createAccounts() {
		for (Contender contender : this.contenders) {
			String name = contender.account();
			execute("CREATE DATABASE " + name);
			execute("CREATE TABLE " + name + ".line (id BIGINT PRIMARY KEY, held INT)");
			execute("CREATE USER " + name + " IDENTIFIED BY '" + PASSWORD + "'");
			execute("GRANT ALL ON " + name + ".* TO " + name);
		}
	}

	private void startProxy(FaultPlan plan) {
		if (plan.isProxied()) {
			String behind = this.servers.stream()
				.map((server) -> " server number%d %s:%d%s".formatted(this.servers.indexOf(server), Network.SERVER,
						server.port(), (this.servers.indexOf(server) > 0) ? " backup" : ""))
				.collect(Collectors.joining("\n"));
			this.proxy = opened(
					HaProxy.start(this.network, TIMEOUTS.formatted(plan.proxyTimeout(), plan.proxyTimeout()), behind),
					HaProxy::close);
		}
	}

	private Map<String, Integer> startApplications(FaultPlan plan, Path folder) {
		String host = plan.isProxied() ? PROXY : Network.SERVER;
		int port = plan.isProxied() ? HaProxy.PORT : this.servers.get(0).port();
		Map<Contender, RunningApplication> applications = new LinkedHashMap<>();
		for (Contender contender : this.contenders) {
			applications.put(contender, opened(RunningApplication.start(contender, this.network.first(), host, port,
					PASSWORD, plan.lifetime(), folder), RunningApplication::close));
		}
		Map<String, Integer> ports = new LinkedHashMap<>();
		applications.forEach((contender, application) -> ports.put(contender.account(), application.awaitPort()));
		return ports;
	}

	List<Contender> contenders() {
		return this.contenders;
	}

	Network network() {
		return this.network;
	}

	Load load() {
		return this.load;
	}

	TestServer server() {
		return this.servers.get(0);
	}

	Replication replication() {
		if (this.replication == null) {
			throw new IllegalStateException("There is one server here");
		}
		return this.replication;
	}

	HaProxy proxy() {
		if (this.proxy == null) {
			throw new IllegalStateException("There is no proxy here");
		}
		return this.proxy;
	}

	/**
	 * Has the first server do something.
	 */
	void execute(String statement) {
		this.network.atServer(() -> {
			server().execute(statement);
			return true;
		});
	}

	/**
	 * Ends all sessions of the applications, at once.
	 */
	void killSessions() {
		this.network.atServer(() -> {
			try (Connection connection = server().connect(""); Statement statement = connection.createStatement()) {
				server()
					.kill(query(statement, "SELECT id FROM information_schema.processlist WHERE user LIKE 'pool\\_%'"));
			}
			return true;
		});
	}

	ServerCounts counts() {
		return this.network.atServer(() -> ServerCounts.of(this.servers));
	}

	/**
	 * Returns the keys of the rows that the server has on which is written in the end.
	 */
	Set<Long> rows(Contender contender) {
		TestServer written = (this.replication != null) ? this.replication.primary() : server();
		return this.network.atServer(() -> {
			try (Connection connection = written.connect(contender.account());
					Statement statement = connection.createStatement()) {
				return query(statement, "SELECT id FROM line");
			}
		});
	}

	private static Set<Long> query(Statement statement, String query) throws SQLException {
		Set<Long> numbers = new HashSet<>();
		try (ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				numbers.add(rows.getLong(1));
			}
		}
		return numbers;
	}

	@Override
	public void close() {
		this.resources.forEach(Runnable::run);
	}

}
