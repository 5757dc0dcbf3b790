package io.streamglot.training.train;

import io.streamglot.training.model.ModelConfig;
import io.streamglot.translator.bundle.SearchOptions;

/**
 * What must be the same for a run to go on from a checkpoint: all that decides its steps, and which
 * of them is best.
 *
 * @param model layers and sizes
 * @param training how it is trained
 * @param search how validations search
 * @param trainData says which pairs it learns from, such as a SHA-256
 * @param devData says what it is validated with
 */
public record RunIdentity(
    ModelConfig model,
    TrainingConfig training,
    SearchOptions search,
    String trainData,
    String devData) {}
