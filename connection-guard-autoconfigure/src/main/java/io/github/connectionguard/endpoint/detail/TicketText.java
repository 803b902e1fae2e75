package io.github.connectionguard.endpoint.detail;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Text of what is known of a pool, one thing a line, to be copied into a ticket. Tells
 * nothing but what it is given.
 */
public final class TicketText {

	private static final String LINE = "%-34s %s%n";

	private final StringBuilder text = new StringBuilder();

	/**
	 * Create a text.
	 * @param title its first line
	 */
	public TicketText(String title) {
		this.text.append(title).append(System.lineSeparator());
	}

	/**
	 * Begin a part.
	 * @param heading what it is about
	 * @return this text
	 */
	public TicketText section(String heading) {
		this.text.append(String.format("%n== %s%n", heading));
		return this;
	}

	/**
	 * Add a line.
	 * @param name what it tells
	 * @param value the value, or {@code null} for no line
	 * @return this text
	 */
	public TicketText line(String name, @Nullable Object value) {
		if (value != null) {
			this.text.append(String.format(LINE, name, value));
		}
		return this;
	}

	/**
	 * Add a line for each component of a record, and of the records in it.
	 * @param prefix what their names begin with, empty for nothing
	 * @param values the record
	 * @param without components that are left out
	 * @return this text
	 */
	public TicketText lines(String prefix, Record values, Set<String> without) {
		for (RecordComponent component : values.getClass().getRecordComponents()) {
			if (!without.contains(component.getName())) {
				String name = prefix.isEmpty() ? component.getName() : prefix + "." + component.getName();
				Object value = RecordValue.of(values, component);
				if (value instanceof Record inner) {
					lines(name, inner, Set.of());
				}
				else {
					line(name, value);
				}
			}
		}
		return this;
	}

	/**
	 * Add a line for what has happened.
	 * @param fields its fields, with {@code at} and {@code type} among them
	 * @return this text
	 */
	public TicketText event(Map<String, Object> fields) {
		StringBuilder line = new StringBuilder("%s %s".formatted(fields.get("at"), fields.get("type")));
		fields.forEach((name, value) -> {
			if (!name.equals("at") && !name.equals("type")) {
				line.append(' ').append(name).append('=').append(value);
			}
		});
		this.text.append(line).append(System.lineSeparator());
		return this;
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
