package io.github.connectionguard.watch;

/**
 * What logins are under way that look for one server.
 */
enum Logins {

	/**
	 * None.
	 */
	NONE,

	/**
	 * The newest has no TCP connection yet.
	 */
	CONNECTING,

	/**
	 * The newest has a TCP connection and waits for the server.
	 */
	CONNECTED

}
