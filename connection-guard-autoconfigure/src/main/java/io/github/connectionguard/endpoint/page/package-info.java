/**
 * The endpoint's page for people: what a browser is given. All types are internal and may
 * change without notice.
 */
@NullMarked
package io.github.connectionguard.endpoint.page;

import org.jspecify.annotations.NullMarked;
