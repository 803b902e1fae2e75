package io.github.connectionguard.neighbours.coroutine

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.context.annotation.Configuration
import org.springframework.context.annotation.Import
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional
import org.springframework.transaction.support.TransactionSynchronizationManager
import org.springframework.transaction.support.TransactionTemplate
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RequestParam
import org.springframework.web.bind.annotation.RestController

/**
 * An application whose handlers are suspended.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CoroutineController::class, SuspendedService::class)
open class CoroutineApplication

/**
 * Reads and writes before it is suspended, after that, and on other threads. Whether it
 * fails in the end is a parameter.
 */
@RestController
class CoroutineController(
	private val jdbc: JdbcTemplate,
	private val transactions: TransactionTemplate,
	private val service: SuspendedService,
) {

	@GetMapping("/never")
	suspend fun neverSuspended(@RequestParam fails: Boolean): String {
		insert("before")
		return end(fails)
	}

	@GetMapping("/delay")
	suspend fun goesOnElsewhere(@RequestParam fails: Boolean): String {
		insert("before")
		delay(10)
		insert("after")
		return end(fails)
	}

	/** The worker has to see what was written, and to change it. */
	@GetMapping("/io")
	suspend fun onAWorker(@RequestParam fails: Boolean): String {
		insert("before")
		val changed = withContext(Dispatchers.IO) {
			insert("on a worker")
			jdbc.update("UPDATE line SET name = 'changed' WHERE name = 'before'")
		}
		insert("$changed changed")
		return end(fails)
	}

	/** Another thread has to see what was written before the function is suspended for the first time. */
	@GetMapping("/seen")
	suspend fun seenByOthers(@RequestParam fails: Boolean): String {
		insert("before")
		val seen = runBlocking(Dispatchers.IO) { jdbc.queryForList("SELECT name FROM line") }
		insert("${seen.size} seen")
		return end(fails)
	}

	@GetMapping("/transaction")
	suspend fun inATransaction(@RequestParam fails: Boolean): String {
		insert("before")
		withContext(Dispatchers.IO) {
			transactions.execute {
				insert("in a transaction")
				end(fails)
			}
		}
		return "done"
	}

	@GetMapping("/annotated")
	suspend fun inAnAnnotatedFunction(@RequestParam fails: Boolean): String {
		insert("before")
		service.write(fails)
		return "done"
	}

	private fun insert(name: String) {
		jdbc.update("INSERT INTO line (name) VALUES (?)", name)
	}

	private fun end(fails: Boolean): String {
		check(!fails) { "after the writes" }
		return jdbc.queryForList("SELECT name FROM line ORDER BY id", String::class.java).joinToString()
	}

}

/**
 * Asks for a transaction, which Spring begins and ends before the function runs: its
 * transaction manager for JDBC knows no coroutines.
 */
@Service
open class SuspendedService(private val jdbc: JdbcTemplate) {

	@Transactional
	open suspend fun write(fails: Boolean) {
		val transaction = TransactionSynchronizationManager.isActualTransactionActive()
		jdbc.update("INSERT INTO line (name) VALUES (?)", "transaction is active: $transaction")
		check(!fails) { "after the write" }
	}

}
