package io.github.connectionguard.network.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with a pool, which knows nothing of the guard and does what it reads
 * from its input: {@code write TICKET COUNT}, {@code touch TICKET COUNT},
 * {@code traffic TICKET WORKERS PAUSE}, {@code stop TICKET} and {@code pool TICKET}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ApplicationMain {

	static final String MARK = "@@";

	private static final Logger logger = LoggerFactory.getLogger(ApplicationMain.class);

	private final JdbcTemplate jdbc;

	private final HikariDataSource pool;

	private final AtomicLong ids = new AtomicLong();

	private final Map<String, AtomicBoolean> traffic = new ConcurrentHashMap<>();

	ApplicationMain(JdbcTemplate jdbc, DataSource pool) {
		this.jdbc = jdbc;
		this.pool = (HikariDataSource) pool;
	}

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(ApplicationMain.class, args);
				Scanner commands = new Scanner(System.in)) {
			ApplicationMain application = context.getBean(ApplicationMain.class);
			say("ready");
			while (commands.hasNextLine()) {
				application.execute(commands.nextLine().split(" "));
			}
		}
		// no thread of a request may keep alive what nobody listens to
		Runtime.getRuntime().halt(0);
	}

	private void execute(String[] command) {
		String ticket = command[1];
		switch (command[0]) {
			case "write" -> inBackground(ticket, Integer.parseInt(command[2]), () -> write(ticket));
			case "touch" -> inBackground(ticket, Integer.parseInt(command[2]), () -> touch(ticket));
			case "traffic" -> {
				AtomicBoolean wanted = new AtomicBoolean(true);
				this.traffic.put(ticket, wanted);
				long pause = Long.parseLong(command[3]);
				inBackground(ticket, Integer.parseInt(command[2]), () -> writeWhile(wanted, ticket, pause));
			}
			case "stop" -> this.traffic.getOrDefault(ticket, new AtomicBoolean()).set(false);
			case "pool" -> sayPool(ticket);
			default -> throw new IllegalArgumentException(command[0]);
		}
	}

	private void sayPool(String ticket) {
		HikariPoolMXBean bean = this.pool.getHikariPoolMXBean();
		say("pool " + ticket + " " + ((bean != null) ? bean.getTotalConnections() : 0));
	}

	private void inBackground(String ticket, int threads, Runnable work) {
		List<Thread> started = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread thread = new Thread(work, "request");
			thread.start();
			started.add(thread);
		}
		new Thread(() -> {
			started.forEach(ApplicationMain::join);
			say("end " + ticket);
		}).start();
	}

	private void writeWhile(AtomicBoolean wanted, String ticket, long pause) {
		while (wanted.get()) {
			write(ticket);
			pause(pause);
		}
	}

	private void write(String ticket) {
		long id = this.ids.incrementAndGet();
		report(ticket, id, () -> this.jdbc.update("INSERT INTO line (id) VALUES (?)", id));
	}

	/** Uses a connection for so long that another one is used by who comes meanwhile. */
	private void touch(String ticket) {
		report(ticket, 0, () -> this.jdbc.execute("DO SLEEP(0.3)"));
	}

	private static void report(String ticket, long id, Runnable work) {
		long begin = System.nanoTime();
		String error = "";
		try {
			work.run();
		}
		catch (DataAccessException ex) {
			error = String.valueOf(ex.getMostSpecificCause()).replace('\n', ' ');
			logger.info("{} {} failed after {} ms: {}", ticket, id,
					TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), error);
		}
		say("write %s %d %d %d %s".formatted(ticket, id, begin, System.nanoTime(), error));
	}

	private static void say(String line) {
		System.out.println(MARK + " " + line);
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
