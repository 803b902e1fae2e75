/**
 * ShardingSphere-JDBC, which routes statements to pools of its own or of the application.
 */
@NullMarked
package io.github.connectionguard.sharding;

import org.jspecify.annotations.NullMarked;
