/**
 * Tests of the endpoint's page, in a browser and by HTTP.
 */
@NullMarked
package io.github.connectionguard.page;

import org.jspecify.annotations.NullMarked;
