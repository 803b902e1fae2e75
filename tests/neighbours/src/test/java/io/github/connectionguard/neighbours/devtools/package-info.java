/**
 * Spring Boot's DevTools, which restart an application within its process.
 */
@NullMarked
package io.github.connectionguard.neighbours.devtools;

import org.jspecify.annotations.NullMarked;
