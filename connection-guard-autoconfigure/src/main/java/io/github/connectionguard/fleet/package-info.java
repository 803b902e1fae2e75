/**
 * Whose the connections of a server are: this application's, those of other instances of
 * it, or of others, and whether they will be enough for all. All types are internal and
 * may change without notice.
 */
@NullMarked
package io.github.connectionguard.fleet;

import org.jspecify.annotations.NullMarked;
