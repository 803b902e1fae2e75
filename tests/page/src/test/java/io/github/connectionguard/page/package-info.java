/**
 * Tests of the endpoint's page, in a browser and by HTTP, and of the sample's.
 */
@NullMarked
package io.github.connectionguard.page;

import org.jspecify.annotations.NullMarked;
