package io.github.connectionguard.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the guard uses of a driver beyond JDBC, looked up once, as drivers change there
 * from version to version. A driver that is absent has nothing, of which nobody is told.
 */
final class DriverMethods {

	private static final Logger logger = LoggerFactory.getLogger(DriverMethods.class);

	private final String driver;

	private final @Nullable Class<?> type;

	/**
	 * Look for a driver.
	 * @param driver the driver's name, for messages
	 * @param types the names its type of a connection has had, of which the first one to
	 * be there counts
	 */
	DriverMethods(String driver, String... types) {
		this.driver = driver;
		this.type = firstPresent(types);
	}

	/**
	 * Return the driver's type of a connection.
	 * @return the type, or {@code null} if the driver is absent
	 */
	@Nullable Class<?> type() {
		return this.type;
	}

	/**
	 * Look for a method of the connection.
	 * @param descriptor what it takes and returns, as in a class file
	 * @param names the names it has had, of which the first one to be there counts
	 * @return the method, or {@code null} if there is none that is exactly so
	 */
	@Nullable MethodHandle find(String descriptor, String... names) {
		for (String name : names) {
			MethodHandle found = (this.type != null) ? find(this.type, name, descriptor) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/**
	 * Call a method of a connection that takes nothing.
	 * @param method the method
	 * @param connection the driver's connection
	 * @return what it returned
	 */
	static Object call(MethodHandle method, Connection connection) {
		try {
			return method.invoke(connection);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Tell whether the connection has a method.
	 * @param name the method's name
	 * @param descriptor what it takes and returns, as in a class file
	 * @return whether there is one that is exactly so
	 */
	boolean has(String name, String descriptor) {
		return find(descriptor, name) != null;
	}

	/**
	 * Tell whether what a method of the connection returns has a method.
	 * @param first the connection's method, which takes nothing
	 * @param returned the descriptor of what it returns
	 * @param name the name of the other one
	 * @param descriptor what the other one takes and returns, as in a class file
	 * @return whether there are both, exactly so
	 */
	boolean has(String first, String returned, String name, String descriptor) {
		MethodHandle way = find("()" + returned, first);
		return way != null && find(way.type().returnType(), name, descriptor) != null;
	}

	/**
	 * Tell once what the guard does without, if it does.
	 * @param found whether what was looked for is there
	 * @param consequence what is switched off without it
	 * @return whether it is there
	 */
	boolean orTell(boolean found, String consequence) {
		if (!found && this.type != null) {
			logger.warn("{} {} is not as expected: {}", this.driver, this.type.getPackage().getImplementationVersion(),
					consequence);
		}
		return found;
	}

	private static @Nullable MethodHandle find(Class<?> owner, String name, String descriptor) {
		try {
			MethodType type = MethodType.fromMethodDescriptorString(descriptor, owner.getClassLoader());
			return MethodHandles.publicLookup().findVirtual(owner, name, type);
		}
		catch (ReflectiveOperationException | TypeNotPresentException | LinkageError ex) {
			logger.debug("There is no {}.{}{}", owner.getName(), name, descriptor, ex);
			return null;
		}
	}

	private static @Nullable Class<?> firstPresent(String... names) {
		for (String name : names) {
			try {
				return Class.forName(name, false, DriverMethods.class.getClassLoader());
			}
			catch (ClassNotFoundException | LinkageError ex) {
				logger.trace("There is no {}", name, ex);
			}
		}
		return null;
	}

}
