package io.github.connectionguard.unit;

/**
 * What is still to be done after something has failed, and may not hide that failure.
 */
public final class AfterFailure {

	private AfterFailure() {
	}

	/**
	 * Do something. What it throws is added to the failure as suppressed.
	 * @param failure what has failed before
	 * @param task what is still to be done
	 */
	public static void run(Throwable failure, Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

}
