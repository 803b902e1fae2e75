package io.github.connectionguard.connection;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A connection in somebody's hands, for as long as that lasts. Stays the same when
 * another connection takes the place of one that died before its first statement. One
 * that nobody else has seen is used again for the next borrow of the connection, so that
 * borrowing allocates nothing; from when it is seen on it stays as it is, but for whether
 * anything has been told of it. Thread-safe.
 */
public final class Lease {

	/**
	 * How often each thread has borrowed, and had when it began to borrow nothing but the
	 * connection it borrowed last, in an array of its own; which request it works for, as
	 * its method and path; and that connection. Arrays and a weak reference, as a thread
	 * may outlive the application and its classes; in one variable, as each takes a
	 * search.
	 */
	private static final ThreadLocal<@Nullable Object[]> THREAD = ThreadLocal
		.withInitial(() -> new Object[] { new long[2], null, null, null });

	/**
	 * What stands for the beginning of a lease until it is known.
	 */
	static final long LATER = Long.MIN_VALUE;

	private static final AtomicLongFieldUpdater<Lease> BORROWED_AT = AtomicLongFieldUpdater.newUpdater(Lease.class,
			"borrowedAt");

	private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");

	private final PhysicalConnection connection;

	private Thread holder = Thread.currentThread();

	private long borrow;

	private volatile long borrowedAt = LATER;

	private long before;

	private @Nullable Throwable borrowedBy;

	private @Nullable String method;

	private @Nullable String path;

	private volatile boolean seen;

	private boolean told;

	/**
	 * Create a lease of a connection.
	 * @param connection the connection
	 * @param before when it was borrowed the last time, or opened
	 */
	Lease(PhysicalConnection connection, long before) {
		this.connection = connection;
		this.before = before;
	}

	/**
	 * Lend the connection to the current thread, while nobody has it.
	 * @param physical the connection
	 * @param now the reading of the ledger's clock, or {@link #LATER} if it
	 * {@linkplain #begin(long) is read later}
	 * @param here where, or {@code null} if that is not recorded
	 * @return this lease, or another one if this one was seen
	 */
	Lease renew(PhysicalConnection physical, long now, @Nullable Throwable here) {
		long former = knownBorrow();
		Lease next = (this.seen || this.connection != physical) ? new Lease(physical, former) : this;
		Object[] thread = THREAD.get();
		next.lend(Thread.currentThread(), (String) thread[1], (String) thread[2]);
		next.borrow = count(thread, physical.reference());
		next.before = former;
		BORROWED_AT.lazySet(next, now); // seen with all else, by whoever sees the lease
		next.borrowedBy = here;
		return next;
	}

	/**
	 * Note for whom, if it is not for whom it was before: to write a reference into what
	 * is old costs the collector's barrier, which reading does not.
	 */
	private void lend(Thread holder, @Nullable String method, @Nullable String path) {
		if (this.holder != holder) {
			this.holder = holder;
		}
		if (this.method != method) {
			this.method = method;
		}
		if (this.path != path) {
			this.path = path;
		}
	}

	private static long count(@Nullable Object[] thread, WeakReference<PhysicalConnection> borrowed) {
		long[] borrows = borrows(thread);
		if (thread[3] != borrowed) {
			thread[3] = borrowed;
			borrows[1] = borrows[0];
		}
		return ++borrows[0];
	}

	private static long[] borrows(@Nullable Object[] thread) {
		return (long[]) thread[0];
	}

	/**
	 * Tell whether it is to be noted when the lease began.
	 */
	boolean isToBegin() {
		return this.borrowedAt == LATER;
	}

	/**
	 * Note when the lease began, unless that is known: when the connection was first
	 * used, or somebody first looked on.
	 * @param now the reading of the ledger's clock
	 */
	void begin(long now) {
		BORROWED_AT.compareAndSet(this, LATER, now);
	}

	/**
	 * Note that somebody is about to see this lease, who has to look whether it is still
	 * the connection's after that.
	 */
	void see() {
		this.seen = true;
	}

	/**
	 * Return the connection that was borrowed, which others may have later.
	 * @return the connection, or the one that has taken its place
	 */
	public PhysicalConnection connection() {
		return this.connection.current();
	}

	/**
	 * Return the thread that borrowed the connection.
	 * @return the thread
	 */
	public Thread holder() {
		return this.holder;
	}

	/**
	 * Return which one it is of all borrows by the same thread.
	 * @return the number, which only grows
	 */
	public long borrow() {
		return this.borrow;
	}

	/**
	 * Return how often the current thread has borrowed a connection, of whichever pool.
	 * @return the number, which only grows
	 */
	public static long borrowsOfThread() {
		return borrows(THREAD.get())[0];
	}

	/**
	 * Tell whether the current thread may hold a connection, of whichever pool, that it
	 * has borrowed since some moment. So whoever looks for what it has not given back
	 * need not look at all connections when it has borrowed none since, or one and the
	 * same, as most do.
	 * @param since how many {@linkplain #borrowsOfThread() borrows} of the thread went
	 * before
	 * @return {@code false} if it holds none
	 */
	public static boolean mayBeHeldByThread(long since) {
		Object[] thread = THREAD.get();
		long[] borrows = borrows(thread);
		return borrows[0] != since && (borrows[1] > since || mayBeHeldByThread((WeakReference<?>) thread[3]));
	}

	private static boolean mayBeHeldByThread(@Nullable WeakReference<?> last) {
		return last == null || !(last.get() instanceof PhysicalConnection connection)
				|| connection.current().isHeldByThread();
	}

	/**
	 * Note which request the current thread borrows for from now on. Allocates nothing.
	 * @param method the request's method, or {@code null} if it borrows for none
	 * @param path the request's path, or {@code null} if it borrows for none
	 */
	public static void borrowsOfThreadAreFor(@Nullable String method, @Nullable String path) {
		Object[] thread = THREAD.get();
		thread[1] = method;
		thread[2] = path;
	}

	/**
	 * Return the request for which the connection was borrowed.
	 * @return its method and its path without parameters, or {@code null} if it was
	 * borrowed for none
	 */
	public @Nullable String request() {
		return (this.path != null) ? this.method + " " + PATH_PARAMETERS.matcher(this.path).replaceAll("") : null;
	}

	/**
	 * Return how long the connection has been in use.
	 * @param now the reading of the ledger's clock
	 * @return the time
	 */
	public Duration heldFor(long now) {
		return Duration.ofNanos(now - this.borrowedAt);
	}

	/**
	 * Return how long ago the connection was borrowed, as far as that is known: a borrow
	 * that came to nothing may have left no time.
	 * @param now the reading of the ledger's clock
	 */
	Duration sinceBorrow(long now) {
		return Duration.ofNanos(now - knownBorrow());
	}

	private long knownBorrow() {
		long known = this.borrowedAt;
		return (known != LATER) ? known : this.before;
	}

	/**
	 * Return where the connection was borrowed.
	 * @return a throwable with the stack, or {@code null} if borrowers are not recorded
	 */
	public @Nullable Throwable borrowedBy() {
		return this.borrowedBy;
	}

	/**
	 * Answer {@code true} the first time it is asked.
	 * @return whether nothing has been told of this lease
	 */
	public synchronized boolean tellOnce() {
		boolean first = !this.told;
		this.told = true;
		return first;
	}

	/**
	 * Tell whether the connection was given back, or closed, since.
	 * @return whether it was
	 */
	public boolean hasEnded() {
		return connection().lease() != this;
	}

}
