package io.github.connectionguard.report;

import java.time.Instant;

import io.github.connectionguard.diagnosis.LossCause;

/**
 * The loss of one connection, as it is told.
 *
 * @param connection the name of the driver's connection
 * @param at when it was noticed
 * @param cause the most likely cause
 * @param description the cause as a sentence
 */
public record Loss(String connection, Instant at, LossCause cause, String description) {

}
