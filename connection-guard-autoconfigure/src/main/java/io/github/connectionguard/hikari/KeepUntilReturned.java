package io.github.connectionguard.hikari;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.connectionguard.mysql.ConnectionErrors;
import io.github.connectionguard.transaction.CommitOutcomeUnknownException;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a connection that died with whoever holds it until it is given back, when it is
 * evicted: HikariCP would close it at once, and answer "Connection is closed" to the
 * rollback that has to come, too. An override of the user's own decides first.
 */
final class KeepUntilReturned implements SQLExceptionOverride {

	private final @Nullable SQLExceptionOverride own;

	private KeepUntilReturned(@Nullable SQLExceptionOverride own) {
		this.own = own;
	}

	static KeepUntilReturned around(@Nullable SQLExceptionOverride own) {
		return (own instanceof KeepUntilReturned already) ? already : new KeepUntilReturned(own);
	}

	@java.lang.Override
	public Override adjudicate(SQLException exception) {
		Override decided = (this.own != null) ? this.own.adjudicate(exception) : Override.CONTINUE_EVICT;
		return (decided == Override.CONTINUE_EVICT && isNoticed(exception) && HikariMembers.get().canEvict())
				? Override.DO_NOT_EVICT : decided;
	}

	/**
	 * Tell whether the guard has noticed the death by itself, and marked the connection.
	 */
	private static boolean isNoticed(SQLException exception) {
		return ConnectionErrors.isDeath(exception) || exception instanceof CommitOutcomeUnknownException;
	}

}
