package io.github.connectionguard.unit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

import org.jspecify.annotations.Nullable;

/**
 * Has a statement, or the metadata of a database, name the unit's connection as its own.
 * Code that has nothing else gives the connection back or ends a transaction through it,
 * which is not for the pool's connection to do.
 */
final class UnitOwned implements InvocationHandler {

	private final Connection connection;

	private final Object delegate;

	private UnitOwned(Connection connection, Object delegate) {
		this.connection = connection;
		this.delegate = delegate;
	}

	static <T> T of(Connection connection, Class<T> type, T delegate) {
		return type.cast(Proxy.newProxyInstance(UnitOwned.class.getClassLoader(), new Class<?>[] { type },
				new UnitOwned(connection, delegate)));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("equals") && arguments != null) {
			return proxy == arguments[0];
		}
		try {
			Object result = method.invoke(this.delegate, arguments);
			return (result instanceof Connection) ? this.connection : result;
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
