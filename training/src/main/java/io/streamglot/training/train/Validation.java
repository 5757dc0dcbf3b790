package io.streamglot.training.train;

/**
 * How a model does on the development data.
 *
 * @param loss mean cross-entropy in nats a target token, without label smoothing
 * @param bleu BLEU of the translations that the serving decoder makes, 0 to 100
 */
public record Validation(double loss, double bleu) {}
