package io.github.connectionguard.benchmarks.scale;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What this process holds.
 */
final class Footprint {

	private static final int COLLECTIONS = 5;

	private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

	private Footprint() {
	}

	/**
	 * Return the bytes of all objects that are alive. What the collector calls used has
	 * the rest of each region with it.
	 */
	static long heap() throws InterruptedException, JMException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(100);
		}
		Matcher total = TOTAL.matcher(histogram());
		if (!total.find()) {
			throw new IllegalStateException("The histogram has no total");
		}
		return Long.parseLong(total.group(1));
	}

	/**
	 * Return the bytes of the buffers outside the heap.
	 */
	static long direct() {
		return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
	}

	static long descriptors() {
		return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class).getOpenFileDescriptorCount();
	}

	static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	/**
	 * Return how many threads there were at a time since this was asked last.
	 */
	static int peak() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		int peak = threads.getPeakThreadCount();
		threads.resetPeakThreadCount();
		return peak;
	}

	/**
	 * Return the bytes and number of instances of each class, in one line.
	 */
	static String histogram() throws JMException {
		Object answer = ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return String.valueOf(answer).replace('\n', ';');
	}

}
