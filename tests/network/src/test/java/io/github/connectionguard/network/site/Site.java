package io.github.connectionguard.network.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.connectionguard.network.application.Application;
import io.github.connectionguard.network.application.Write;
import io.github.connectionguard.network.application.Writes;
import io.github.connectionguard.testsupport.TestServer;
import io.github.connectionguard.testsupport.network.HaProxy;
import io.github.connectionguard.testsupport.network.Network;
import io.github.connectionguard.testsupport.network.Replication;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A network with a server and, each in a network of its own, the same application without
 * the starter and with it.
 */
public final class Site implements AutoCloseable {

	/**
	 * How many connections the pools have.
	 */
	public static final int POOL_SIZE = 8;

	static final Path FOLDER = Path.of("target", "network");

	private static final int WARM_UPS = 50;

	private static final Phases phases = new Phases();

	private final List<Runnable> resources = new ArrayList<>();

	private final Network network;

	private final Servers servers;

	private final Both<String> databases;

	private final Both<Application> applications;

	private @Nullable HaProxy proxy;

	Site(SitePlan plan) throws Exception {
		phases.beginStart();
		try {
			this.network = opened(new Network(), Network::close);
			plan.path().accept(this.network);
			this.servers = opened(new Servers(this.network), Servers::close);
			for (int i = 0; i < plan.servers(); i++) {
				this.servers.start(plan.serverOptions(i));
			}
			if (plan.isReplicated()) {
				this.servers.replicate();
			}
			this.databases = new Both<>(this.servers.createDatabase(), this.servers.createDatabase());
			if (plan.isProxied()) {
				this.proxy = opened(
						HaProxy.start(this.network, plan.proxySettings(), plan.proxyServers(this.servers.all())),
						HaProxy::close);
			}
			this.applications = new Both<>(start(plan, false), start(plan, true));
			this.applications.map((application) -> {
				application.awaitReady();
				return application;
			});
			if (plan.isFast()) {
				warmUp();
				fill();
			}
		}
		catch (Throwable ex) {
			closeResources();
			phases.giveUpStart();
			throw ex;
		}
		phases.beginMeasuring();
	}

	private <T> T opened(T resource, Consumer<T> close) {
		this.resources.add(0, () -> close.accept(resource));
		return resource;
	}

	private Application start(SitePlan plan, boolean guarded) throws Exception {
		Path log = Files.createDirectories(FOLDER).resolve(plan.name() + (guarded ? "-guarded.log" : "-raw.log"));
		String database = guarded ? this.databases.guarded() : this.databases.raw();
		String address = (!plan.isProxied()) ? Network.SERVER + ":" + server().port()
				: "10.77." + (guarded ? 2 : 1) + ".1:" + HaProxy.PORT;
		return opened(Application.start(guarded ? this.network.second() : this.network.first(), guarded, log,
				List.of("--spring.datasource.url=" + url(address, database),
						"--spring.datasource.username=" + server().username(),
						"--spring.datasource.password=" + server().password())),
				Application::close);
	}

	private static String url(String address, String database) {
		return "jdbc:mysql://" + address + "/" + database + "?allowPublicKeyRetrieval=true&sslMode=DISABLED";
	}

	public Network network() {
		return this.network;
	}

	public TestServer server() {
		return this.servers.first();
	}

	public HaProxy proxy() {
		if (this.proxy == null) {
			throw new IllegalStateException("There is no proxy here");
		}
		return this.proxy;
	}

	public Replication replication() {
		return this.servers.replication();
	}

	public Both<Application> applications() {
		return this.applications;
	}

	/**
	 * Uses each connection of both pools now, which are full and well after that.
	 */
	public void fill() {
		await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100)).until(() -> {
			Both<Writes> touched = this.applications.map((application) -> application.touch(POOL_SIZE));
			return touched.map(Site::wentWell).equals(new Both<>(true, true))
					&& this.applications.map(Application::connections).equals(new Both<>(POOL_SIZE, POOL_SIZE));
		});
	}

	private void warmUp() {
		for (int i = 0; i < WARM_UPS; i++) {
			this.applications.map((application) -> application.write(POOL_SIZE)).map(Writes::await);
		}
	}

	private static boolean wentWell(Writes touched) {
		return touched.await().failed() == 0 && touched.all().size() == POOL_SIZE;
	}

	/**
	 * Returns how many connections were tried from where each application runs, since
	 * that was last forgotten.
	 * @return the numbers
	 */
	public Both<Integer> connects() {
		return this.applications.map((application) -> application.client().connects());
	}

	public void forgetConnects() {
		this.network.first().forgetConnects();
		this.network.second().forgetConnects();
	}

	/**
	 * Returns how many writes of each application failed, and were done nevertheless.
	 * @param writes the writes
	 * @return the numbers
	 */
	public Both<Integer> failedAndDone(Both<Writes> writes) {
		return new Both<>(failedAndDone(writes.raw(), this.databases.raw()),
				failedAndDone(writes.guarded(), this.databases.guarded()));
	}

	private int failedAndDone(Writes writes, String database) {
		Set<Long> done = this.servers.ids(database);
		return (int) writes.failures().stream().map(Write::id).filter(done::contains).count();
	}

	/**
	 * Returns how many writes of each application were acknowledged, and are not there.
	 * @param writes the writes
	 * @return the numbers
	 */
	public Both<Integer> lost(Both<Writes> writes) {
		return new Both<>(lost(writes.raw(), this.databases.raw()), lost(writes.guarded(), this.databases.guarded()));
	}

	private int lost(Writes writes, String database) {
		Set<Long> done = this.servers.ids(database);
		return (int) writes.all().stream().filter((write) -> !write.failed() && !done.contains(write.id())).count();
	}

	/**
	 * Asks the server for numbers.
	 * @param query the query
	 * @return the numbers
	 */
	public List<Long> query(String query) {
		return this.servers.query(query);
	}

	/**
	 * Has the server do something.
	 * @param statement the statement
	 */
	public void execute(String statement) {
		this.servers.execute(statement);
	}

	/**
	 * Logs in to the server from where an application runs.
	 * @param application the application
	 */
	public void logInLike(Application application) {
		application.client().call(() -> {
			DriverManager
				.getConnection(url(Network.SERVER + ":" + server().port(), "") + "&connectTimeout=5000",
						server().username(), server().password())
				.close();
			return true;
		});
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 */
	public void pass(Duration duration) {
		try {
			TimeUnit.NANOSECONDS.sleep(duration.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while time passes", ex);
		}
	}

	@Override
	public void close() {
		try {
			closeResources();
		}
		finally {
			phases.endMeasuring();
		}
	}

	private void closeResources() {
		this.resources.forEach(Runnable::run);
	}

}
