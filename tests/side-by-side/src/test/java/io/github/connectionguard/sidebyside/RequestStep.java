package io.github.connectionguard.sidebyside;

/**
 * A part of what a request does.
 */
@FunctionalInterface
public interface RequestStep {

	/**
	 * Do it.
	 * @throws Exception if it fails
	 */
	void run() throws Exception;

	/**
	 * Do it, and say how it ended.
	 * @param who who does it
	 * @return a line for the transcript
	 */
	default String outcome(String who) {
		try {
			run();
			return who + " returned";
		}
		catch (Exception | Error ex) {
			return who + " threw " + ex.getClass().getSimpleName();
		}
	}

}
