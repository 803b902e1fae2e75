package io.github.connectionguard.sample;

/**
 * A note.
 *
 * @param id its number
 * @param text what it says
 */
record Note(long id, String text) {

}
