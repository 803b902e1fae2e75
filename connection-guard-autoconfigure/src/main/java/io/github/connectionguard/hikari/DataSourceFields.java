package io.github.connectionguard.hikari;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.sql.CommonDataSource;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a type that may hold data sources: those that are declared so, and in a
 * data source maps and collections of whatever.
 */
final class DataSourceFields {

	private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {

		@Override
		protected List<Field> computeValue(Class<?> type) {
			return find(type);
		}

	};

	private DataSourceFields() {
	}

	/**
	 * Return the fields of a type, those of its superclasses first.
	 */
	static List<Field> of(Class<?> type) {
		return FIELDS.get(type);
	}

	/**
	 * Return what one of these fields holds.
	 */
	static @Nullable Object value(Field field, Object holder) {
		try {
			return field.get(holder);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex); // it has been made accessible
		}
	}

	private static List<Field> find(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		try {
			for (Class<?> current = type; current != null
					&& current != Object.class; current = current.getSuperclass()) {
				List<Field> own = new ArrayList<>();
				boolean any = CommonDataSource.class.isAssignableFrom(type);
				for (Field field : current.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers())
							&& (isDeclaredWithDataSources(field) || (any && isCollection(field.getType())))
							&& field.trySetAccessible()) {
						own.add(field);
					}
				}
				fields.addAll(0, own);
			}
		}
		catch (LinkageError | RuntimeException ex) {
			return List.of(); // a type is not there, and so nothing is held in it
		}
		return List.copyOf(fields);
	}

	/**
	 * Tell whether a field is declared as a data source, or as something that holds data
	 * sources.
	 */
	static boolean isDeclaredWithDataSources(Field field) {
		Class<?> type = field.getType();
		return isDataSource(type) || (type.isArray() && isDataSource(type.getComponentType()))
				|| ((isCollection(type) || AtomicReference.class == type) && isOfDataSources(field.getGenericType()));
	}

	private static boolean isCollection(Class<?> type) {
		return Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
	}

	private static boolean isOfDataSources(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Stream.of(parameterized.getActualTypeArguments()).anyMatch(DataSourceFields::isOfDataSources);
		}
		if (type instanceof WildcardType wildcard) {
			return Stream.of(wildcard.getUpperBounds()).anyMatch(DataSourceFields::isOfDataSources);
		}
		return type instanceof Class<?> plain && isDataSource(plain);
	}

	static boolean isDataSource(Class<?> type) {
		return CommonDataSource.class.isAssignableFrom(type);
	}

}
