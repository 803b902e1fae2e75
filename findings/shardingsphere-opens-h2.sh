#!/bin/bash
# ShardingSphere-JDBC 5.5.2 opens a database of its own beside those it is given: an H2 in memory, called "config", with
# a HikariCP pool of its own, in which it keeps the rules. Without a word about a mode or a repository in its
# configuration, an application that shards two databases has three pools, and a second kind of database in its process.
#
# Seen with HikariCP 7.0.2 and two pools to H2 2.4.240 as the databases to be sharded:
#   pools before 2
#   pools after 3
#   another database holds the rules true
source "$(dirname "$0")/support.bash"

with_all org.apache.shardingsphere:shardingsphere-jdbc:5.5.2 com.h2database:h2:2.4.240 com.zaxxer:HikariCP:7.0.2 \
	org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-nop:2.0.17
run <<-'JAVA'
	import java.nio.charset.StandardCharsets;
	import java.sql.*;
	import java.util.*;

	import com.zaxxer.hikari.HikariDataSource;
	import org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory;

	public class Finding {

		static final String RULES = """
				rules:
				- !SHARDING
				  tables:
				    line:
				      actualDataNodes: pool_${0..1}.line
				      databaseStrategy:
				        standard:
				          shardingColumn: id
				          shardingAlgorithmName: parity
				  shardingAlgorithms:
				    parity:
				      type: INLINE
				      props:
				        algorithm-expression: pool_${id % 2}
				""";

		static HikariDataSource pool(String database) throws SQLException {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:h2:mem:" + database + ";MODE=MySQL");
			pool.setMaximumPoolSize(1);
			try (Connection connection = pool.getConnection()) {
				connection.createStatement().execute("CREATE TABLE line (id INT PRIMARY KEY)");
			}
			return pool;
		}

		static long pools() {
			return Thread.getAllStackTraces().keySet().stream()
				.filter((thread) -> thread.getName().contains("housekeeper")).count();
		}

		public static void main(String[] args) throws Exception {
			Map<String, javax.sql.DataSource> pools = Map.of("pool_0", pool("zero"), "pool_1", pool("one"));
			System.out.println("pools before " + pools());
			YamlShardingSphereDataSourceFactory.createDataSource(pools, RULES.getBytes(StandardCharsets.UTF_8));
			System.out.println("pools after " + pools());
			try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:config;IFEXISTS=TRUE", "SA", "");
					ResultSet row = connection.createStatement().executeQuery("SELECT COUNT(*) > 0 FROM repository")) {
				row.next();
				System.out.println("another database holds the rules " + row.getBoolean(1));
			}
			System.exit(0);
		}

	}
JAVA
expect <<-'OUTPUT'
	pools before 2
	pools after 3
	another database holds the rules true
OUTPUT
