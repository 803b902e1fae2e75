package io.github.connectionguard.testsupport;

/**
 * Starts a server, freezes it if asked to, and waits for its own end.
 */
public final class ServerProcessMain {

	static final String MARK = "started";

	private ServerProcessMain() {
	}

	public static void main(String[] args) throws InterruptedException {
		ServerProcess server = ServerProcessTests.startProcess();
		if (args[0].equals("freeze")) {
			server.freeze();
		}
		System.out.println(MARK + " " + server.process().pid() + " " + server.folder());
		Thread.currentThread().join();
	}

}
