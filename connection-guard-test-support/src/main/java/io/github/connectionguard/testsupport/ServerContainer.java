package io.github.connectionguard.testsupport;

import java.time.Duration;
import java.util.List;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server that is a MySQL container.
 */
final class ServerContainer implements DatabaseServer {

	static final String IMAGE = "mysql:8.4";

	private static final int STOP_SECONDS = (int) Duration.ofMinutes(1).toSeconds();

	private final int port = FreePort.find();

	private final MySQLContainer container;

	private boolean frozen;

	ServerContainer(List<String> options) {
		this.container = new MySQLContainer(DockerImageName.parse(IMAGE)).withUsername("root")
			.withPassword(PASSWORD)
			.withCommand(options.toArray(String[]::new))
			.withCreateContainerCmdModifier(this::bindPort);
		this.container.start();
		awaitLogin();
	}

	@Override
	public String host() {
		return this.container.getHost();
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public String username() {
		return this.container.getUsername();
	}

	@Override
	public void start() {
		docker().startContainerCmd(this.container.getContainerId()).exec();
		awaitLogin();
	}

	@Override
	public void stop() {
		if (this.frozen) {
			thaw();
		}
		if (this.container.isRunning()) {
			docker().stopContainerCmd(this.container.getContainerId()).withTimeout(STOP_SECONDS).exec();
		}
	}

	@Override
	public void freeze() {
		docker().pauseContainerCmd(this.container.getContainerId()).exec();
		this.frozen = true;
	}

	@Override
	public void thaw() {
		docker().unpauseContainerCmd(this.container.getContainerId()).exec();
		this.frozen = false;
	}

	@Override
	public void close() {
		if (this.frozen) {
			thaw();
		}
		this.container.stop();
	}

	private DockerClient docker() {
		return this.container.getDockerClient();
	}

	private void awaitLogin() {
		FirstLogin.await(this, this.container::isRunning, this.container::getLogs);
	}

	/**
	 * Binds a port that is still the same after a restart, unlike one that Docker
	 * chooses.
	 */
	private void bindPort(CreateContainerCmd command) {
		HostConfig host = command.getHostConfig();
		if (host == null) {
			host = HostConfig.newHostConfig();
			command.withHostConfig(host);
		}
		host.withPortBindings(
				new PortBinding(Ports.Binding.bindPort(this.port), ExposedPort.tcp(MySQLContainer.MYSQL_PORT)));
	}

}
