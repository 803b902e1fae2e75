package io.github.connectionguard.differential;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A call of every method there is.
 */
final class InterfaceSteps {

	private static final List<Class<?>> TYPES = List.of(Connection.class, Statement.class, PreparedStatement.class,
			CallableStatement.class, ResultSet.class, ResultSetMetaData.class, ParameterMetaData.class,
			DatabaseMetaData.class, Savepoint.class, SQLWarning.class, Blob.class, Clob.class, NClob.class,
			SQLXML.class, Map.class);

	/**
	 * A network timeout, in milliseconds, that a busy machine does not reach.
	 */
	private static final int PATIENT = 10_000;

	private InterfaceSteps() {
	}

	/**
	 * Return programs that call every method of what the guard puts itself before.
	 */
	static List<Program> programs() {
		return Stream
			.of(of(Connection.class, "connection", BorrowedConnection::connection),
					of(Statement.class, "createStatement()", (lease) -> lease.connection().createStatement()),
					of(PreparedStatement.class, "prepareStatement(INSERT)",
							(lease) -> ready(
									lease.connection().prepareStatement("INSERT INTO line (name) VALUES (?)"))),
					of(PreparedStatement.class, "prepareStatement(SELECT)",
							(lease) -> ready(
									lease.connection().prepareStatement("SELECT id FROM line WHERE name > ?"))),
					of(CallableStatement.class, "prepareCall()",
							(lease) -> ready(lease.connection().prepareCall("{call swap(?, 2, ?)}"))))
			.map(Program::new)
			.toList();
	}

	private static PreparedStatement ready(PreparedStatement prepared) throws SQLException {
		prepared.setInt(1, 1);
		return prepared;
	}

	private static List<Step> of(Class<?> type, String text, Step.Action receiver) {
		return Stream.of(type.getDeclaredMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.sorted(Comparator.comparing(InterfaceSteps::isEnd).thenComparing(Method::toString))
			.flatMap((method) -> kinds(method).map((sound) -> step(method, text, receiver, sound)))
			.toList();
	}

	/**
	 * Return which kinds of arguments a method gets. MySQL Connector/J closes a
	 * connection over a negative timeout, and the guard's socket does not mind one.
	 */
	private static Stream<Boolean> kinds(Method method) {
		return "isValid".equals(method.getName()) ? Stream.of(true) : Stream.of(true, false);
	}

	private static boolean isEnd(Method method) {
		return List.of("close", "abort").contains(method.getName());
	}

	private static Step step(Method method, String text, Step.Action receiver, boolean sound) {
		@Nullable Object[] arguments = Stream.of(method.getParameterTypes()).map((type) -> argument(type, sound)).toArray();
		if (sound && "setNetworkTimeout".equals(method.getName())) {
			arguments[1] = PATIENT;
		}
		String types = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		String call = "%s.%s(%s) with %s".formatted(text, method.getName(), types, sound ? "something" : "nothing");
		return Step.ask(call, (lease) -> told(invoke(method, receiver.on(lease), arguments)));
	}

	private static @Nullable Object argument(Class<?> type, boolean sound) {
		if (type == int.class) {
			return sound ? 1 : -1;
		}
		if (type == boolean.class) {
			return sound;
		}
		if (type == long.class) {
			return sound ? 1L : -1L;
		}
		if (type == String.class) {
			return sound ? "SELECT 1" : null;
		}
		if (type == Executor.class) {
			return (Executor) Runnable::run;
		}
		if (type == Class.class) {
			return sound ? AutoCloseable.class : String.class;
		}
		return type.isPrimitive() ? primitive(type) : null;
	}

	private static Object primitive(Class<?> type) {
		return (type == byte.class) ? (byte) 1 : (type == short.class) ? (short) 1 : (type == float.class) ? 1F : 1D;
	}

	private static @Nullable Object invoke(Method method, @Nullable Object receiver, @Nullable Object[] arguments)
			throws SQLException {
		try {
			return method.invoke(receiver, arguments);
		}
		catch (InvocationTargetException ex) {
			Throwable thrown = ex.getTargetException();
			if (thrown instanceof SQLException failure) {
				throw failure;
			}
			return thrown.getClass().getName();
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Name of an object what it is, and of a value what it says.
	 */
	private static @Nullable Object told(@Nullable Object result) {
		boolean value = result == null || result.getClass().getName().startsWith("java.lang.")
				|| result.getClass().isArray();
		return value ? result
				: TYPES.stream().filter((type) -> type.isInstance(result)).map(Class::getSimpleName).toList();
	}

}
