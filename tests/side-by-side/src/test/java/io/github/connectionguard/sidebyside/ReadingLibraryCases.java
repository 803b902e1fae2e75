package io.github.connectionguard.sidebyside;

import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.Configuration;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.mybatis.spring.SqlSessionFactoryBean;
import org.mybatis.spring.SqlSessionTemplate;
import org.mybatis.spring.transaction.SpringManagedTransactionFactory;

import org.springframework.data.annotation.Id;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.DataAccessStrategyFactory;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.MappingJdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcMySqlDialect;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.support.JdbcRepositoryFactory;
import org.springframework.data.relational.core.sql.IdentifierProcessing;
import org.springframework.data.repository.Repository;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Requests that read by way of each library, outside of transactions. The libraries are
 * set up as Spring Boot's starters do it, but by hand, so that no other case has them.
 */
final class ReadingLibraryCases extends Cases {

	private static final String NAMES = "SELECT name FROM line ORDER BY name";

	ReadingLibraryCases() {
		readsBy("JdbcTemplate", (request) -> request::names);
		readsBy("a stream of JdbcTemplate", (request) -> () -> streamed(request.jdbc()));
		readsBy("JdbcClient", (request) -> () -> request.bean(JdbcClient.class).sql(NAMES).query(String.class).list());
		readsBy("jOOQ", (request) -> jooq(request.dataSource()));
		readsBy("MyBatis", (request) -> myBatis(request.dataSource()));
		readsBy("Spring Data JDBC", (request) -> springDataJdbc(request.dataSource()));
	}

	private void readsBy(String name, Library library) {
		same("nothing is held after a read by " + name, (request) -> {
			request.tell(library.reader(request).names());
			request.tellInUse();
		});
		same("read by " + name + " sees what others commit between two reads", (request) -> {
			Reader reader = library.reader(request);
			request.tell(reader.names());
			request.others().write("theirs");
			request.tell(reader.names());
		});
		same("row of a race that was lost is found by " + name, (request) -> {
			Reader reader = library.reader(request);
			request.tell(reader.names());
			request.others().write("name");
			request.attempt("write", () -> request.write("name"));
			request.tell(reader.names());
		});
		same("definition of others does not wait for a read by " + name, (request) -> {
			Reader reader = library.reader(request);
			request.tell(reader.names());
			request.others().jdbc().execute("ALTER TABLE line COMMENT = 'altered'");
			request.tell(reader.names());
		});
	}

	private static List<String> streamed(JdbcTemplate jdbc) {
		try (Stream<String> names = jdbc.queryForStream(NAMES, (row, number) -> row.getString(1))) {
			return names.toList();
		}
	}

	private static Reader jooq(DataSource dataSource) {
		DSLContext jooq = DSL.using(new DataSourceConnectionProvider(new TransactionAwareDataSourceProxy(dataSource)),
				SQLDialect.MYSQL);
		Field<String> name = DSL.field("name", String.class);
		return () -> jooq.select(name).from("line").orderBy(name).fetch(name);
	}

	private static Reader myBatis(DataSource dataSource) throws Exception {
		Configuration configuration = new Configuration();
		configuration.addMapper(NameMapper.class);
		SqlSessionFactoryBean sessions = new SqlSessionFactoryBean();
		sessions.setConfiguration(configuration);
		sessions.setDataSource(dataSource);
		sessions.setTransactionFactory(new SpringManagedTransactionFactory());
		return new SqlSessionTemplate(sessions.getObject()).getMapper(NameMapper.class)::names;
	}

	/**
	 * Return what reads by a finder that is declared, to which Spring Data gives no
	 * transaction as it does to the methods of its own.
	 */
	private static Reader springDataJdbc(DataSource dataSource) {
		JdbcConverter converter = new MappingJdbcConverter(new JdbcMappingContext(), (identifier, path) -> List.of());
		JdbcAggregateTemplate aggregates = new JdbcAggregateTemplate(converter,
				new DataAccessStrategyFactory(converter, new NamedParameterJdbcTemplate(dataSource),
						new JdbcMySqlDialect(IdentifierProcessing.NONE), QueryMappingConfiguration.EMPTY)
					.create());
		JdbcRepositoryFactory repositories = new JdbcRepositoryFactory(aggregates);
		repositories.setBeanClassLoader(LineRepository.class.getClassLoader());
		LineRepository lines = repositories.getRepository(LineRepository.class);
		return () -> lines.findAllByOrderByName().stream().map(Line::name).toList();
	}

	/**
	 * A library, set up over what the application of a request has.
	 */
	@FunctionalInterface
	private interface Library {

		Reader reader(Request request) throws Exception;

	}

	/**
	 * What reads the names by way of a library.
	 */
	@FunctionalInterface
	private interface Reader {

		List<String> names();

	}

	/**
	 * Names, by MyBatis.
	 */
	interface NameMapper {

		@Select(NAMES)
		List<String> names();

	}

	/**
	 * Rows, by Spring Data JDBC.
	 */
	interface LineRepository extends Repository<Line, Long> {

		List<Line> findAllByOrderByName();

	}

	/**
	 * A row.
	 */
	record Line(@Id Long id, String name) {

	}

}
