package io.github.connectionguard.endpoint.detail;

import java.lang.reflect.RecordComponent;

import org.jspecify.annotations.Nullable;

/**
 * Reads records of which only the components are known.
 */
public final class RecordValue {

	private RecordValue() {
	}

	/**
	 * Return a value of a record.
	 * @param values the record
	 * @param component the component whose value is asked for
	 * @return the value
	 */
	public static @Nullable Object of(Object values, RecordComponent component) {
		try {
			return component.getAccessor().invoke(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot read " + component, ex);
		}
	}

}
