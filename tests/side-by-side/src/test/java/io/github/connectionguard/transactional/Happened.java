package io.github.connectionguard.transactional;

/**
 * An event that a service publishes.
 *
 * @param name its name
 * @param request the request it belongs to
 */
record Happened(String name, TransactionalRequest request) {

}
