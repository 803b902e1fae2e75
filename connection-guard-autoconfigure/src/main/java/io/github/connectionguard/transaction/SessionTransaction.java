package io.github.connectionguard.transaction;

import java.sql.SQLException;

import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.mysql.StatementKind;

/**
 * What is proven of a session's transaction: in which auto-commit mode the server has the
 * session, and whether a transaction may be open. Told of everything that is sent, before
 * it is, and of what was answered. What a driver makes of the server's status is no
 * proof: a ping and a streamed result clear it, and an error does not bring it.
 */
public final class SessionTransaction {

	private Mode mode = Mode.UNKNOWN;

	private boolean open = true;

	private boolean worked;

	private boolean written;

	private boolean acknowledged;

	private boolean mayHaveEnded;

	private boolean undone;

	private boolean inDoubt;

	/**
	 * Start with a session that was asked, and has nothing open.
	 * @param autoCommit the mode it is in
	 */
	public void begins(boolean autoCommit) {
		this.mode = Mode.of(autoCommit);
		this.open = false;
	}

	/**
	 * A statement is about to be sent.
	 * @param kind what it may do
	 */
	public void runs(StatementKind kind) {
		if (this.mode != Mode.ON || this.open || kind == StatementKind.OTHER) {
			this.open = true;
			this.worked = true;
			this.written |= kind != StatementKind.READ;
		}
		if (kind == StatementKind.OTHER) {
			this.mode = Mode.UNKNOWN;
		}
	}

	/**
	 * A statement was answered. One that may have ended the transaction, such as a
	 * definition or a call, leaves a reason for there being none until something is
	 * written in one again.
	 * @param kind what it may do
	 */
	public void answered(StatementKind kind) {
		this.acknowledged |= kind != StatementKind.READ && this.mode != Mode.ON;
		if (kind.compareTo(StatementKind.WRITE) > 0) {
			this.mayHaveEnded = true;
		}
		else if (kind == StatementKind.WRITE && this.mode == Mode.OFF) {
			this.mayHaveEnded = false;
		}
	}

	/**
	 * A statement failed, which may have had the server undo all that was acknowledged
	 * before. Only where no statement may have ended the transaction is there no other
	 * reason for there being none.
	 * @param kind what it may do
	 * @param exception how it failed
	 */
	public void failed(StatementKind kind, SQLException exception) {
		if (this.acknowledged && this.mode != Mode.ON) {
			this.undone |= ConnectionErrors.isRolledBack(exception);
			boolean mayHaveEnded = this.mayHaveEnded || kind.compareTo(StatementKind.WRITE) > 0;
			this.inDoubt = !this.undone
					&& (this.inDoubt || !mayHaveEnded || ConnectionErrors.mayBeRolledBack(exception));
		}
	}

	/**
	 * A commit failed, and the server is still there: mostly it has undone the work, but
	 * it may be only the driver that refused.
	 */
	public void commitFailed() {
		this.inDoubt = this.acknowledged && !this.undone;
	}

	/**
	 * Tell whether the server has to be asked if the transaction is still open.
	 * @return whether it has
	 */
	public boolean isInDoubt() {
		return this.inDoubt;
	}

	/**
	 * The server was asked whether the transaction is still open.
	 * @param stillOpen whether it is, as far as it told
	 */
	public void settle(boolean stillOpen) {
		this.inDoubt = false;
		this.undone |= !stillOpen;
	}

	/**
	 * Tell whether the server has undone what was acknowledged.
	 * @return whether a commit would commit less than that
	 */
	public boolean isUndone() {
		return this.undone;
	}

	/**
	 * A commit or a rollback was answered.
	 */
	public void ended() {
		this.open = false;
		forget();
	}

	/**
	 * The driver was told a mode, and the server answered. Where the driver was in that
	 * mode by its own account, it may not have told the server. Only leaving a mode that
	 * was proven is sure to have ended a transaction.
	 * @param autoCommit the mode
	 * @param before the mode the driver was in by its own account
	 */
	public void told(boolean autoCommit, boolean before) {
		if (autoCommit != before) {
			if (autoCommit && this.mode == Mode.OFF) {
				ended();
			}
			this.mode = Mode.of(autoCommit);
		}
	}

	/**
	 * Anything may have been sent that was not seen.
	 */
	public void unseen() {
		this.open = true;
		this.mode = Mode.UNKNOWN;
	}

	/**
	 * Something may have been read that was not seen.
	 */
	public void unseenRead() {
		this.open |= this.mode != Mode.ON;
	}

	/**
	 * Whoever has the connection next has done nothing on it yet.
	 */
	public void forget() {
		this.worked = false;
		this.written = false;
		this.acknowledged = false;
		this.mayHaveEnded = false;
		this.undone = false;
		this.inDoubt = false;
	}

	/**
	 * Tell whether a transaction may be open. Only {@code false} is proven.
	 * @return whether one may be
	 */
	public boolean mayBeOpen() {
		return this.open;
	}

	/**
	 * Tell whether a change of the mode would change nothing else, so that it can wait
	 * for the next statement.
	 * @return whether it would
	 */
	public boolean isIndifferentToMode() {
		return !this.open && this.mode != Mode.UNKNOWN;
	}

	/**
	 * Tell whether the session is proven to be in a mode.
	 * @param autoCommit the mode
	 * @return whether it is
	 */
	public boolean isIn(boolean autoCommit) {
		return this.mode == Mode.of(autoCommit);
	}

	/**
	 * Tell whether anything ran.
	 * @return whether a statement ran in it, reading or writing
	 */
	public boolean hasWorked() {
		return this.worked;
	}

	/**
	 * Tell whether anything may have been written.
	 * @return whether a statement ran in it that was not known to only read
	 */
	public boolean hasWritten() {
		return this.written;
	}

	/**
	 * The auto-commit mode of the session, as the server has it.
	 */
	private enum Mode {

		ON, OFF, UNKNOWN;

		static Mode of(boolean autoCommit) {
			return autoCommit ? ON : OFF;
		}

	}

}
