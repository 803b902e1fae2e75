package io.github.connectionguard.data.matrix;

import io.github.connectionguard.session.SessionMode;
import org.junit.jupiter.api.Tag;

/**
 * The matrix of an application with Spring's transaction manager for JDBC.
 */
@Tag("extended")
class JdbcMatrixTests extends SessionMatrix {

	JdbcMatrixTests() {
		super(JdbcApplication.class, SessionMode.UNIT);
	}

}
