package io.github.connectionguard.data.matrix;

import java.util.List;
import java.util.stream.Stream;

import io.github.connectionguard.session.SessionMode;

/**
 * What has to become of a request and its rows.
 *
 * @param status the status the client sees
 * @param body what the client sees of what the application says
 * @param firstRows the rows that others see, at the least, when the first byte of the
 * answer arrives
 * @param rows the rows that others see when the request is over
 */
record Expected(int status, Body body, List<String> firstRows, List<String> rows) {

	/**
	 * Say what the documentation promises.
	 * @param mode the mode that sessions run in
	 */
	static Expected of(SessionMode mode, Way way, RequestOutcome outcome) {
		return new Rule(mode, way, Boundary.of(mode, way, outcome)).of(outcome);
	}

	/**
	 * What of the application's words reaches the client.
	 */
	enum Body {

		NOTHING, THE_BEGINNING, ALL

	}

	/**
	 * Where the work that a write belongs to ends.
	 */
	private enum Boundary {

		/**
		 * It takes effect at once, whatever becomes of the request.
		 */
		WRITE,

		/**
		 * With the request's other work, before the client learns of the outcome.
		 */
		SESSION,

		/**
		 * When the request is over, since only then a connection is known to be left
		 * open. That may be after the client has its answer.
		 */
		LEFTOVER;

		static Boundary of(SessionMode mode, Way way, RequestOutcome outcome) {
			return switch (way.kind()) {
				case BARE -> isSession(mode, outcome) ? SESSION : WRITE;
				case TRANSACTIONAL -> (mode == SessionMode.TRANSACTION && isSession(mode, outcome)) ? SESSION : WRITE;
				case GIVEN_BACK -> WRITE;
				case LEFT_OPEN -> LEFTOVER;
			};
		}

		private static boolean isSession(SessionMode mode, RequestOutcome outcome) {
			return (mode == SessionMode.UNIT || mode == SessionMode.TRANSACTION) && outcome != RequestOutcome.OPT_OUT;
		}

	}

	/**
	 * The rule for one way in one mode.
	 */
	private record Rule(SessionMode mode, Way way, Boundary boundary) {

		Expected of(RequestOutcome outcome) {
			return switch (outcome) {
				case OK -> answer(200, List.of("row"));
				case UNCHECKED, CHECKED, OPT_OUT -> error(500, undone("row"));
				case HANDLED_AS_SUCCESS -> answer(200, undone("row"));
				case HANDLED_AS_CONFLICT -> answer(409, undone("row"));
				case RETURNED_404 -> answer(404, List.of("row"));
				case RETURNED_503 -> answer(503, undone("row"));
				case SEND_ERROR_409 -> error(409, List.of("row"));
				case SEND_ERROR_500 -> error(500, undone("row"));
				case REDIRECT -> error(302, List.of("row"));
				case FLUSH_THEN_THROW -> flushThenThrow();
				case COMMIT_FAILS -> commitFails();
				case ROLLBACK_ONLY -> rollbackOnly();
				case ROLLBACK_ONLY_INSIDE -> rollbackOnlyInside();
				case ASYNC_OK -> answer(200, List.of("handler", "callable"));
				case ASYNC_THROWS -> error(500, both("handler", undone("callable")));
				case STREAM -> answer(200, List.of("handler", "stream"));
			};
		}

		/**
		 * The flush ends the work so far, except for what is not known to be left open.
		 */
		private Expected flushThenThrow() {
			List<String> rows = (this.boundary != Boundary.LEFTOVER) ? both("before", undone("after")) : List.of();
			return new Expected(200, Body.THE_BEGINNING, seenFirst(List.of("before")), rows);
		}

		/**
		 * What took effect before is not undone, and the query for the connection to kill
		 * leaves nothing to commit. The client has its answer before a leftover is ended.
		 */
		private Expected commitFails() {
			return switch (this.boundary) {
				case WRITE -> answer(200, List.of("row"));
				case SESSION -> error(500, List.of());
				case LEFTOVER -> answer(200, List.of());
			};
		}

		/**
		 * There is nothing to mark without a session, which is an error.
		 */
		private Expected rollbackOnly() {
			return (this.mode != SessionMode.OFF) ? answer(200, undone("row")) : error(500, List.of("row"));
		}

		/**
		 * The application's transaction undoes what is written through Spring. In mode
		 * {@code transaction}, where it has joined that of the request, it fails the
		 * request as well.
		 */
		private Expected rollbackOnlyInside() {
			List<String> elsewhere = this.way.isRaw() ? List.of("row") : List.of();
			if (this.mode != SessionMode.TRANSACTION) {
				return answer(200, elsewhere);
			}
			return error(500, (this.boundary == Boundary.WRITE) ? elsewhere : List.of());
		}

		/**
		 * The application answers.
		 */
		private Expected answer(int status, List<String> rows) {
			return new Expected(status, Body.ALL, seenFirst(rows), rows);
		}

		/**
		 * The container answers.
		 */
		private Expected error(int status, List<String> rows) {
			return new Expected(status, Body.NOTHING, seenFirst(rows), rows);
		}

		private List<String> seenFirst(List<String> rows) {
			return (this.boundary != Boundary.LEFTOVER) ? rows : List.of();
		}

		/**
		 * What is left of a row whose session is rolled back.
		 */
		private List<String> undone(String row) {
			return (this.boundary == Boundary.WRITE) ? List.of(row) : List.of();
		}

		private static List<String> both(String first, List<String> more) {
			return Stream.concat(Stream.of(first), more.stream()).toList();
		}

	}

}
