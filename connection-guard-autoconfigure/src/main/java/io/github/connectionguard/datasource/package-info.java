/**
 * Which pools the data sources among an application's beans lead to. All types are
 * internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.datasource;

import org.jspecify.annotations.NullMarked;
