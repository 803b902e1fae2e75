package io.github.connectionguard.mysql;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself in a session made to ask it.
 *
 * @param facts what the session said
 * @param uptime how long the server has been running, or {@code null} if it did not tell
 * @param kills how many {@code KILL} statements it has run since it was started, or
 * {@code null} if it did not tell
 */
public record ServerReading(ServerSessionFacts facts, @Nullable Duration uptime, @Nullable Long kills) {

	/**
	 * What a session's server may have become.
	 */
	public enum Change {

		/**
		 * It is the server it was.
		 */
		NONE,

		/**
		 * It was started again since.
		 */
		RESTARTED,

		/**
		 * It refuses writes, which it did not.
		 */
		READ_ONLY,

		/**
		 * Another server answers in its place.
		 */
		REPLACED

	}

	/**
	 * The uptime is in whole seconds, and a connection is entered after it was made.
	 */
	private static final Duration SLACK = Duration.ofSeconds(2);

	/**
	 * Tell whether the server is known to take writes.
	 * @return whether it is
	 */
	public boolean isWritable() {
		return this.facts.version() != null && !this.facts.readOnly();
	}

	/**
	 * Tell what became of the server of an older session.
	 * @param older what the older session said when it was set up
	 * @param age how long ago that was
	 * @return what became of it
	 */
	public Change since(ServerSessionFacts older, Duration age) {
		if (older.serverId() != null && this.facts.serverId() != null
				&& !older.serverId().equals(this.facts.serverId())) {
			return Change.REPLACED;
		}
		if (this.uptime != null && age.compareTo(this.uptime.plus(SLACK)) > 0) {
			return Change.RESTARTED;
		}
		return (this.facts.readOnly() && !older.readOnly()) ? Change.READ_ONLY : Change.NONE;
	}

	/**
	 * Tell whether the server numbers its sessions anew since an older one, as it does
	 * from each start on. This shows a start that the uptime does not, as it followed the
	 * older session within seconds.
	 * @param older what the older session said, which no proxy has numbered
	 * @param age how long ago that was
	 * @return whether it does
	 */
	public boolean numbersAnew(ServerSessionFacts older, Duration age) {
		return this.uptime != null && age.plus(SLACK).compareTo(this.uptime) >= 0
				&& this.facts.connectionId() < older.connectionId();
	}

}
