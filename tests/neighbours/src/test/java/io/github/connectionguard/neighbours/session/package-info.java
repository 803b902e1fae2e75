/**
 * Sessions that Spring Session keeps in the database.
 */
@NullMarked
package io.github.connectionguard.neighbours.session;

import org.jspecify.annotations.NullMarked;
