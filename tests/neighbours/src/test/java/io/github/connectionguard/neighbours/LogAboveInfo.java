package io.github.connectionguard.neighbours;

import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;

/**
 * What this JVM logs above INFO, each line once and in no order, as it comes from several
 * threads.
 */
final class LogAboveInfo extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/**
	 * What depends on how busy the machine is: what JobRunr and HikariCP say of it, and
	 * whether threads of libraries are gone when their container looks for them.
	 */
	private static final Pattern OF_THE_MACHINE = Pattern
		.compile("slow performance|poll interval|Thread starvation or clock leap"
				+ "|have started a thread named \\[(?!connection-guard)");

	private final SortedSet<String> lines = new ConcurrentSkipListSet<>();

	static LogAboveInfo record() {
		LogAboveInfo log = new LogAboveInfo();
		root().addAppender(log);
		log.start();
		return log;
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN)
				&& !OF_THE_MACHINE.matcher(event.getFormattedMessage()).find()) {
			String logger = event.getLoggerName();
			String thrown = (event.getThrowableProxy() != null)
					? " (" + event.getThrowableProxy().getClassName().replaceFirst(".*\\.", "") + ")" : "";
			this.lines.add(event.getLevel() + " " + logger.substring(logger.lastIndexOf('.') + 1) + ": "
					+ Constant.text(event.getFormattedMessage().lines().findFirst().orElse("")) + thrown);
		}
	}

	/**
	 * Return what was logged since the last time.
	 */
	SortedSet<String> take() {
		Assert.state(root().isAttached(this), "Somebody has set up the log anew");
		SortedSet<String> taken = new ConcurrentSkipListSet<>();
		while (!this.lines.isEmpty()) {
			String line = this.lines.first();
			taken.add(line);
			this.lines.remove(line);
		}
		return taken;
	}

	@Override
	public void close() {
		root().detachAppender(this);
	}

}
