package io.github.connectionguard.endpoint.detail;

import java.time.Duration;
import java.util.List;

import io.github.connectionguard.samples.Sample;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint answers of the last minutes of a pool.
 *
 * @param interval what each sample stands for
 * @param samples the samples, the last one first
 */
public record SamplesDescriptor(Duration interval, List<Sample> samples) implements OperationResponseBody {

}
