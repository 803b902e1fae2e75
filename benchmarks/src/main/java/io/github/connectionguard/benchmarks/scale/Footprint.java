package io.github.connectionguard.benchmarks.scale;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * What this process holds.
 */
final class Footprint {

	private static final int COLLECTIONS = 5;

	private Footprint() {
	}

	/**
	 * Return the bytes on the heap that are in use.
	 */
	static long heap() throws InterruptedException {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
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
