package io.github.connectionguard.sidebyside;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What this JVM logs above INFO.
 */
final class LogAboveInfo extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/**
	 * What MariaDB's driver says of each error a server sends, whoever handles it.
	 */
	private static final String MARIADB_ERRORS = "org.mariadb.jdbc.message.server.ErrorPacket";

	private final List<String> lines = new CopyOnWriteArrayList<>();

	static LogAboveInfo record() {
		LogAboveInfo log = new LogAboveInfo();
		root().addAppender(log);
		log.start();
		return log;
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	/**
	 * Without what differs from run to run.
	 */
	@Override
	protected void append(ILoggingEvent event) {
		String logger = event.getLoggerName();
		if (event.getLevel().isGreaterOrEqual(Level.WARN) && !logger.equals(MARIADB_ERRORS)) {
			String thrown = (event.getThrowableProxy() != null)
					? " " + event.getThrowableProxy().getClassName().replaceFirst(".*\\.", "") : "";
			this.lines.add(event.getLevel() + " " + logger.substring(logger.lastIndexOf('.') + 1) + thrown);
		}
	}

	List<String> lines() {
		return this.lines;
	}

	@Override
	public void close() {
		root().detachAppender(this);
	}

}
