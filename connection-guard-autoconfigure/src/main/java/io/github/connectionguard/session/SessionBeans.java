package io.github.connectionguard.session;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * What sessions find in an application.
 *
 * @param transactionManager the transaction manager, {@code null} if there is none, or
 * there are several and none is primary
 * @param openInView whether views are rendered with an entity manager that outlives
 * transactions
 * @param reactive whether requests are answered by Spring WebFlux, on threads of no
 * request, so that none has a session
 * @param transactionManagers all transaction managers, only asked for when there are such
 * data sources
 * @param dataSources the data sources that sessions are to cover beside that of the
 * transaction manager, in the order given, by name
 */
public record SessionBeans(@Nullable PlatformTransactionManager transactionManager, boolean openInView,
		boolean reactive, Supplier<Stream<PlatformTransactionManager>> transactionManagers,
		Map<String, DataSource> dataSources) {

}
