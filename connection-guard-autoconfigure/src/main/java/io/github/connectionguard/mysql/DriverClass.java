package io.github.connectionguard.mysql;

/**
 * Looks for a driver, each of which is optional.
 */
final class DriverClass {

	private DriverClass() {
	}

	static boolean isPresent(String name) {
		try {
			Class.forName(name, false, DriverClass.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
