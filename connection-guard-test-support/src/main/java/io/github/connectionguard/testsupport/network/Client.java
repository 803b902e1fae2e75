package io.github.connectionguard.testsupport.network;

import java.util.concurrent.Callable;

/**
 * The network of a client, which counts the connections that are tried from there.
 */
public final class Client {

	private static final String COUNTER = """
			table ip count {
				set connects {
					type inet_service
					flags dynamic
					size 65535
				}
				chain out {
					type filter hook output priority 0;
					oifname "eth0" tcp flags & (syn | ack) == syn add @connects { tcp sport }
				}
			}
			""";

	private final Namespace namespace;

	private final String address;

	Client(Namespace namespace, String address) {
		this.namespace = namespace;
		this.address = address;
		namespace.rules(COUNTER);
	}

	public String address() {
		return this.address;
	}

	/**
	 * Calls something in this network. Processes that it starts are inside, too.
	 * @param <T> the type of the result
	 * @param work what to call
	 * @return its result
	 */
	public <T> T call(Callable<T> work) {
		return this.namespace.call(work);
	}

	/**
	 * Returns how many connections were tried since the count was last forgotten, however
	 * often the beginning of one was sent.
	 * @return the number
	 */
	public int connects() {
		String set = this.namespace.ask("nft list set ip count connects");
		int begin = set.indexOf("elements");
		return (begin < 0) ? 0 : set.substring(begin).split(",").length;
	}

	public void forgetConnects() {
		this.namespace.rules("flush set ip count connects\n");
	}

	Namespace namespace() {
		return this.namespace;
	}

}
