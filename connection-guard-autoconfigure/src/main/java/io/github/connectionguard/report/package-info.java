/**
 * What is known of pools at one moment: values, and all that health and other faces read.
 * All types are internal and may change without notice.
 */
@NullMarked
package io.github.connectionguard.report;

import org.jspecify.annotations.NullMarked;
