package io.github.connectionguard.neighbours.library;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application with libraries that each have a way of their own to write.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ JooqController.class, MyBatisController.class, LineGraph.class, ReactorController.class })
class LibraryApplication {

}
