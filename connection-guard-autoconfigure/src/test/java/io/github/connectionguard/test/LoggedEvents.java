package io.github.connectionguard.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What the guard logs at INFO and above, a message for each event.
 */
public final class LoggedEvents extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private LoggedEvents() {
	}

	/**
	 * Record from now on.
	 * @return the events
	 */
	public static LoggedEvents record() {
		LoggedEvents events = new LoggedEvents();
		guard().addAppender(events);
		events.start();
		return events;
	}

	private static Logger guard() {
		return (Logger) LoggerFactory.getLogger("io.github.connectionguard");
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
			this.messages.add(event.getFormattedMessage());
		}
	}

	/**
	 * Return the messages so far.
	 * @return the messages
	 */
	public List<String> messages() {
		return this.messages;
	}

	@Override
	public void close() {
		guard().detachAppender(this);
	}

}
