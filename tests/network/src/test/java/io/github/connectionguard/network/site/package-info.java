/**
 * A network with a server and two applications on it, and what they came to side by side.
 */
@NullMarked
package io.github.connectionguard.network.site;

import org.jspecify.annotations.NullMarked;
