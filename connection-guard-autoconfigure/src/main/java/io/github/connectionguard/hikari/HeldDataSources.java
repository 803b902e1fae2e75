package io.github.connectionguard.hikari;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * The data sources that an object holds: in fields that are declared as data sources, or
 * as maps, collections, arrays or references of them; in itself, if it is a map or a
 * collection; behind itself, if it is a proxy of the JDK's. Calls nothing but
 * collections, so that nobody is asked and nothing is waited for.
 */
public final class HeldDataSources {

	/**
	 * Such as a list of pools for each tenant.
	 */
	private static final int DEPTH = 3;

	private final List<Map.Entry<String, DataSource>> found = new ArrayList<>();

	private HeldDataSources() {
	}

	/**
	 * Tell whether an object may hold data sources, now or later.
	 * @param holder the object
	 * @return whether it may
	 */
	public static boolean mayBeIn(Object holder) {
		return isLocalCollection(holder) || !DataSourceFields.of(holder.getClass()).isEmpty();
	}

	/**
	 * Return the data sources that an object holds itself, not what those hold.
	 * @param holder the object
	 * @return the data sources, by names within the object: keys, indexes, names made of
	 * the fields' names, or empty for what a data source holds in the first place
	 */
	public static List<Map.Entry<String, DataSource>> in(Object holder) {
		HeldDataSources held = new HeldDataSources();
		if (Proxy.isProxyClass(holder.getClass())) {
			held.addFields(Proxy.getInvocationHandler(holder), true);
		}
		else {
			held.addLocal(holder);
			held.addFields(holder, holder instanceof DataSource);
		}
		return held.found;
	}

	/**
	 * Add what is in fields.
	 * @param passing whether the first one to be held is what the holder mainly stands
	 * for
	 */
	private void addFields(Object holder, boolean passing) {
		for (Field field : DataSourceFields.of(holder.getClass())) {
			Object value = DataSourceFields.value(field, holder);
			if (DataSourceFields.isDataSource(field.getType()) || value instanceof AtomicReference<?>) {
				boolean main = passing && this.found.stream().noneMatch((held) -> held.getKey().isEmpty());
				add(main ? "" : field.getName().replaceFirst("DataSource$", ""), value, 0);
			}
			else if (DataSourceFields.isDeclaredWithDataSources(field)) {
				add("", value, DEPTH);
			}
			else {
				addLocal(value);
			}
		}
	}

	/**
	 * Add what is in a map or collection of which nothing says what it is for.
	 */
	private void addLocal(@Nullable Object collection) {
		if (collection != null && isLocalCollection(collection) && beginsWithDataSource(collection)) {
			add("", collection, DEPTH);
		}
	}

	private void add(String name, @Nullable Object value, int depth) {
		if (value instanceof DataSource dataSource) {
			this.found.add(Map.entry(name, dataSource));
		}
		else if (value instanceof AtomicReference<?> reference) {
			add(name, reference.get(), depth);
		}
		else if (depth > 0) {
			addAll(name, value, depth - 1);
		}
	}

	private void addAll(String name, @Nullable Object values, int depth) {
		try {
			if (values instanceof Map<?, ?> map) {
				map.forEach((key, value) -> add(dotted(name, String.valueOf(key)), value, depth));
			}
			else if (values instanceof Collection<?> || values instanceof Object[]) {
				int index = 0;
				for (Object value : (values instanceof Collection<?> several) ? several
						: Arrays.asList((Object[]) values)) {
					add(dotted(name, String.valueOf(index++)), value, depth);
				}
			}
		}
		catch (RuntimeException ex) {
			// it is just being changed, and whoever looks next sees more
		}
	}

	/**
	 * Return a name within a name.
	 * @param name the outer name, which may be empty
	 * @param inner the inner name, which may be empty
	 * @return both, with a dot between them
	 */
	public static String dotted(String name, String inner) {
		return (name.isEmpty() || inner.isEmpty()) ? name + inner : name + "." + inner;
	}

	private static boolean beginsWithDataSource(Object collection) {
		Collection<?> values = (collection instanceof Map<?, ?> map) ? map.values() : (Collection<?>) collection;
		try {
			Iterator<?> each = values.iterator();
			return each.hasNext() && each.next() instanceof DataSource;
		}
		catch (RuntimeException ex) {
			return false; // it is just being changed
		}
	}

	/**
	 * Tell whether an object is a map or collection whose values are in this JVM.
	 */
	private static boolean isLocalCollection(Object object) {
		return (object instanceof Map<?, ?> || object instanceof Collection<?>)
				&& object.getClass().getName().startsWith("java.util.");
	}

}
