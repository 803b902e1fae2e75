package io.github.connectionguard.requests;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application that is guarded by nothing but its dependency on the starter.
 */
@SpringBootApplication
class RequestsApplication {

}
