package io.github.connectionguard.hikari;

import java.lang.StackWalker.StackFrame;
import java.util.AbstractList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells somebody when a thread is about to borrow from a pool, before it takes or waits
 * for a connection. A pool's bag first looks into a list that it keeps for each thread of
 * what the thread gave back; this one takes the place of that list, for a while and for
 * one thread. Used by that thread; may be ended by another, in which case it gives way
 * when it is next looked into.
 */
final class BorrowNotice extends AbstractList<Object> {

	private final ThreadLocal<List<Object>> lists;

	private final List<Object> list;

	private final Thread thread = Thread.currentThread();

	private volatile @Nullable Runnable told;

	private BorrowNotice(ThreadLocal<List<Object>> lists, List<Object> list, Runnable told) {
		this.lists = lists;
		this.list = list;
		this.told = told;
	}

	/**
	 * Have somebody told whenever the current thread is about to borrow.
	 * @return ends that
	 */
	static Runnable begin(ThreadLocal<List<Object>> lists, Runnable told) {
		List<Object> list = lists.get();
		BorrowNotice notice = new BorrowNotice(lists,
				(list instanceof BorrowNotice former && former.told == null) ? former.list : list, told);
		lists.set(notice);
		return notice::end;
	}

	private void end() {
		this.told = null;
		if (Thread.currentThread() == this.thread && this.lists.get() == this) {
			this.lists.set(this.list);
		}
	}

	@Override
	public int size() {
		Runnable current = this.told;
		if (current == null) {
			end();
		}
		else if (isBorrow()) {
			current.run();
		}
		return this.list.size();
	}

	/**
	 * The bag also asks when it gets a connection back.
	 */
	private static boolean isBorrow() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.skip(2).findFirst())
			.map(StackFrame::getMethodName)
			.filter("borrow"::equals)
			.isPresent();
	}

	@Override
	public Object get(int index) {
		return this.list.get(index);
	}

	@Override
	public boolean add(Object entry) {
		return this.list.add(entry);
	}

	@Override
	public Object remove(int index) {
		return this.list.remove(index);
	}

}
