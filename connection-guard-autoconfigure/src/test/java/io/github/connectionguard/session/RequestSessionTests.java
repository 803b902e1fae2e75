package io.github.connectionguard.session;

import io.github.connectionguard.test.RecordingTransactionManager;
import io.github.connectionguard.unit.SessionRolledBackException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RequestSession}, and for the scopes within one.
 */
class RequestSessionTests {

	private final RecordingTransactionManager manager = new RecordingTransactionManager();

	private final Sessions sessions = this.manager.sessions();

	private final DatabaseSessionScope scope = new DatabaseSessionScope(this.sessions);

	@AfterEach
	void threadIsClean() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isFalse();
		assertThat(SessionsOfThread.current()).isNull();
	}

	@Test
	void scopeEndsWithTheRequest() {
		RequestSession request = begin();
		this.scope.run(() -> {
		});
		assertThat(this.manager.ends()).isEmpty();
		request.end(200, false);
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
	}

	@Test
	void failureOfAScopeThatIsCaughtFailsTheCommitOfTheRequest() {
		RequestSession request = begin();
		failInScope();
		assertThatExceptionOfType(SessionRolledBackException.class).isThrownBy(() -> request.beforeResponse(200));
		assertThat(request.isCommitFailed()).isTrue();
		request.end(200, false);
		assertThat(this.manager.ends()).containsOnly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void scopeAfterAnOptOutIsASessionOfItsOwn() {
		RequestSession request = begin();
		request.optOut(200);
		failInScope();
		this.scope.run(() -> {
		});
		request.beforeResponse(200);
		request.end(200, false);
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT,
				RecordingTransactionManager.ROLLBACK, RecordingTransactionManager.COMMIT);
	}

	@Test
	void scopeAfterAHandOverWithinAScopeIsASessionOfItsOwn() {
		RequestSession request = begin();
		this.scope.run(() -> request.handOver(200));
		assertThat(SessionsOfThread.current()).isNull();
		this.scope.run(() -> {
		});
		request.end(200, false);
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT,
				RecordingTransactionManager.COMMIT);
	}

	@Test
	void sessionsOfTwoApplicationsDoNotMeet() {
		RecordingTransactionManager other = new RecordingTransactionManager();
		RequestSession request = begin();
		new DatabaseSessionScope(other.sessions()).run(() -> {
			this.scope.setRollbackOnly();
			assertThat(SessionsOfThread.current(this.sessions)).isNotNull().isNotSameAs(SessionsOfThread.current());
		});
		assertThat(other.ends()).containsExactly(RecordingTransactionManager.COMMIT);
		request.end(200, false);
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void rollbackOnlyCountsForAllWorkOfTheRequest() {
		RequestSession request = begin();
		this.scope.setRollbackOnly();
		request.beforeResponse(200);
		request.end(200, false);
		assertThat(request.isCommitFailed()).isFalse();
		assertThat(this.manager.ends()).hasSize(2).containsOnly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void rollbackOnlyIsRefusedAfterAnOptOut() {
		RequestSession request = begin();
		request.optOut(200);
		assertThatIllegalStateException().isThrownBy(this.scope::setRollbackOnly).withMessageContaining("@NoSession");
		request.end(200, false);
	}

	@Test
	void scopeAfterTheRequestIsASessionOfItsOwn() {
		begin().end(200, false);
		failInScope();
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT,
				RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void requestWithinAScopeLeavesTheScopeInPlace() {
		this.scope.run(() -> {
			begin().end(200, false);
			assertThat(this.manager.ends()).isEmpty();
			this.scope.run(() -> {
			});
			assertThat(this.manager.ends()).isEmpty();
		});
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.COMMIT);
	}

	@Test
	void requestThatFailsWithinAScopeTakesItWithIt() {
		this.scope.run(() -> begin().end(500, false));
		assertThat(this.manager.ends()).containsExactly(RecordingTransactionManager.ROLLBACK);
	}

	@Test
	void rollbackThatFailsDoesNotHideWhatWasThrown() {
		this.manager.failRollbacks();
		IllegalStateException thrown = new IllegalStateException();
		assertThatIllegalStateException().isThrownBy(() -> this.scope.run(() -> {
			throw thrown;
		})).isSameAs(thrown);
		assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(TransactionSystemException.class);
	}

	private RequestSession begin() {
		RequestSession request = this.sessions.begin();
		assertThat(request).isNotNull();
		return request;
	}

	private void failInScope() {
		assertThatIllegalStateException().isThrownBy(() -> this.scope.run(() -> {
			throw new IllegalStateException();
		}));
	}

}
