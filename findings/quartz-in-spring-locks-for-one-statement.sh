#!/bin/bash
# Outside a transaction, Spring 7.0.9's LocalDataSourceJobStore, by which Spring and Spring Boot give their data source to
# Quartz 2.5.2, holds the lock of the cluster for a single statement, and stores what it has stored so far: it neither
# begins a transaction nor commits one, as Quartz's JobStoreCMT leaves that to whoever calls it, and the connection it gets
# is in auto-commit mode. So scheduling a job in a method that is not transactional is neither atomic nor kept from what
# another node does meanwhile, although "SELECT ... FOR UPDATE" is sent first: a node may lock in between, and a failure
# half way leaves a trigger that no node can load. In a transaction of the caller's it is both.
#
# Seen on MariaDB 11.4.5 by MariaDB Connector/J 3.5.10, with a last INSERT that takes a moment and then fails:
#   outside a transaction: another node gets the lock meanwhile true; left are 1 jobs, 1 triggers, 0 of their schedules
#   and then the trigger is loaded: JobPersistenceException
#   in a transaction: another node gets the lock meanwhile false; left are 0 jobs, 0 triggers, 0 of their schedules
#   and then the trigger is loaded: there is none
source "$(dirname "$0")/support.bash"

start_mariadb
spring=()
for module in aop beans context context-support core expression jdbc tx; do
	spring+=("org.springframework:spring-$module:7.0.9")
done
with "${spring[@]}" org.quartz-scheduler:quartz:2.5.2 org.mariadb.jdbc:mariadb-java-client:3.5.10 \
	org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17 commons-logging:commons-logging:1.3.5 org.jspecify:jspecify:1.0.0 \
	io.micrometer:micrometer-observation:1.16.0 io.micrometer:micrometer-commons:1.16.0
run <<-'JAVA'
	import java.sql.*;
	import java.util.concurrent.*;

	import org.quartz.*;
	import org.springframework.core.io.ClassPathResource;
	import org.springframework.jdbc.core.JdbcTemplate;
	import org.springframework.jdbc.datasource.*;
	import org.springframework.jdbc.datasource.init.*;
	import org.springframework.scheduling.quartz.SchedulerFactoryBean;
	import org.springframework.transaction.support.TransactionTemplate;

	public class Finding {

		public static class Nothing implements Job {

			public void execute(JobExecutionContext context) {
			}

		}

		static final DriverManagerDataSource SERVER = new DriverManagerDataSource(
				"jdbc:mariadb://127.0.0.1:" + System.getProperty("port") + "/test?user=root&sslMode=disable");

		static final JdbcTemplate JDBC = new JdbcTemplate(SERVER);

		static long count(String query) {
			return JDBC.queryForObject("SELECT COUNT(*) FROM " + query, Long.class);
		}

		/**
		 * Ask for the lock in the moment that the last INSERT takes, as another node does.
		 */
		static boolean lockMeanwhile() throws Exception {
			while (count("information_schema.processlist WHERE state = 'User sleep'") == 0) {
				Thread.sleep(10);
			}
			try (Connection node = SERVER.getConnection(); Statement statement = node.createStatement()) {
				node.setAutoCommit(false);
				statement.execute("SELECT * FROM QRTZ_LOCKS WHERE LOCK_NAME = 'TRIGGER_ACCESS' FOR UPDATE NOWAIT");
				node.rollback();
				return true;
			}
			catch (SQLException ex) {
				return false;
			}
		}

		static void schedule(Scheduler scheduler) {
			try {
				scheduler.scheduleJob(JobBuilder.newJob(Nothing.class).withIdentity("job").build(),
						TriggerBuilder.newTrigger().withIdentity("trigger").build());
			}
			catch (SchedulerException ex) {
				throw new IllegalStateException(ex);
			}
		}

		static String load(Scheduler scheduler) {
			try {
				return (scheduler.getTrigger(TriggerKey.triggerKey("trigger")) != null) ? "it is" : "there is none";
			}
			catch (SchedulerException ex) {
				return ex.getClass().getSimpleName();
			}
		}

		static void tell(String where, Scheduler scheduler, Runnable scheduling) throws Exception {
			Future<Boolean> locked = CompletableFuture.supplyAsync(() -> {
				try {
					return lockMeanwhile();
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			});
			try {
				scheduling.run();
				throw new AssertionError("The last insert works");
			}
			catch (IllegalStateException ex) {
				System.out.printf("%s: another node gets the lock meanwhile %s; left are %d jobs, %d triggers, "
						+ "%d of their schedules%n", where, locked.get(), count("QRTZ_JOB_DETAILS"), count("QRTZ_TRIGGERS"),
						count("QRTZ_SIMPLE_TRIGGERS"));
			}
			System.out.println("and then the trigger is loaded: " + load(scheduler));
			JDBC.update("DELETE FROM QRTZ_TRIGGERS");
			JDBC.update("DELETE FROM QRTZ_JOB_DETAILS");
		}

		public static void main(String[] arguments) throws Exception {
			ResourceDatabasePopulator tables = new ResourceDatabasePopulator(
					new ClassPathResource("org/quartz/impl/jdbcjobstore/tables_mysql_innodb.sql"));
			tables.setCommentPrefixes("#", "--");
			tables.execute(SERVER);
			SchedulerFactoryBean factory = new SchedulerFactoryBean();
			factory.setDataSource(SERVER);
			factory.setAutoStartup(false);
			factory.afterPropertiesSet();
			Scheduler scheduler = factory.getObject();
			// The row of the lock is inserted once
			scheduler.scheduleJob(JobBuilder.newJob(Nothing.class).withIdentity("first").build(),
					TriggerBuilder.newTrigger().withIdentity("first").build());
			scheduler.deleteJob(JobKey.jobKey("first"));
			JDBC.execute("CREATE TRIGGER fails BEFORE INSERT ON QRTZ_SIMPLE_TRIGGERS FOR EACH ROW "
					+ "BEGIN DO SLEEP(2); SIGNAL SQLSTATE '45000'; END");
			tell("outside a transaction", scheduler, () -> schedule(scheduler));
			TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(SERVER));
			tell("in a transaction", scheduler, () -> transaction.executeWithoutResult((status) -> schedule(scheduler)));
			factory.destroy();
			System.exit(0);
		}

	}
JAVA
expect <<-'SEEN'
	outside a transaction: another node gets the lock meanwhile true; left are 1 jobs, 1 triggers, 0 of their schedules
	and then the trigger is loaded: JobPersistenceException
	in a transaction: another node gets the lock meanwhile false; left are 0 jobs, 0 triggers, 0 of their schedules
	and then the trigger is loaded: there is none
SEEN
