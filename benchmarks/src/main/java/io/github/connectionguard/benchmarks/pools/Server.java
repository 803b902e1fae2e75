package io.github.connectionguard.benchmarks.pools;

import java.sql.Driver;

/**
 * Where the pools of a benchmark lead to.
 *
 * @param url the JDBC URL, without TLS
 * @param username an account
 * @param password its password
 * @param driver the driver by which they do
 */
record Server(String url, String username, String password, Class<? extends Driver> driver) {

}
