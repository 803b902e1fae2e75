/**
 * An application in a web archive, which a Tomcat deploys and takes down again.
 */
@NullMarked
package io.github.connectionguard.neighbours.war;

import org.jspecify.annotations.NullMarked;
