package io.github.connectionguard.data.matrix;

import java.sql.SQLException;
import java.util.stream.Stream;

import io.github.connectionguard.session.SessionMode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The matrix of an application with a transaction manager for JPA, where no connection is
 * bound to requests.
 */
@Tag("extended")
class JpaMatrixTests extends SessionMatrix {

	JpaMatrixTests() {
		super(JpaApplication.class, SessionMode.BACKSTOP);
	}

	@TestFactory
	Stream<DynamicTest> transactionWithoutOpenInView() throws SQLException {
		return cells(SessionMode.TRANSACTION, SessionMode.TRANSACTION, "spring.jpa.open-in-view=false");
	}

}
