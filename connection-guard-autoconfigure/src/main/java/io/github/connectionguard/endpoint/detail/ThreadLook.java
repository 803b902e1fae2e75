package io.github.connectionguard.endpoint.detail;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What all threads of the platform do at one moment. Immutable.
 */
public final class ThreadLook {

	private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";

	private static final String BORROW = "getConnection";

	private static final String BAG = "com.zaxxer.hikari.util.ConcurrentBag";

	private final Map<Thread, StackTraceElement[]> stacks;

	ThreadLook(Map<Thread, StackTraceElement[]> stacks) {
		this.stacks = Map.copyOf(stacks);
	}

	/**
	 * Look at all threads but virtual ones, which stand still for that.
	 * @return what they do
	 */
	public static ThreadLook now() {
		return new ThreadLook(Thread.getAllStackTraces());
	}

	/**
	 * Return what a thread does.
	 * @param thread the thread, which may be a virtual one
	 * @return its calls, the innermost first, none if it has ended
	 */
	public List<String> stackOf(Thread thread) {
		StackTraceElement[] seen = this.stacks.get(thread);
		return text((seen != null) ? seen : thread.getStackTrace());
	}

	/**
	 * Return who waits for a connection of some pool of HikariCP's.
	 * @return the threads, in the order of their names
	 */
	public List<Thread> waiting() {
		return this.stacks.entrySet()
			.stream()
			.filter((entry) -> isWaiting(entry.getValue()))
			.map(Map.Entry::getKey)
			.sorted(Comparator.comparing(Thread::getName))
			.toList();
	}

	private static boolean isWaiting(StackTraceElement[] stack) {
		for (int i = 1; i < stack.length; i++) {
			if (stack[i].getClassName().equals(POOL) && stack[i].getMethodName().equals(BORROW)) {
				return stack[i - 1].getClassName().equals(BAG);
			}
		}
		return false;
	}

	/**
	 * Return calls as text.
	 * @param stack the calls
	 * @return the same, as in a stack trace
	 */
	public static List<String> text(StackTraceElement[] stack) {
		return Stream.of(stack).map(StackTraceElement::toString).toList();
	}

}
