package io.github.connectionguard.sidebyside;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application, with the data source that Spring Boot makes unless there is another.
 */
@SpringBootApplication(proxyBeanMethods = false)
class SideBySideApplication {

}
