package io.streamglot.app.cli;

import io.streamglot.app.topology.RolloutTopics;
import io.streamglot.app.topology.TopicPattern;
import java.util.Optional;

/**
 * The topics that the settings name, as can be said before the languages of the models are known.
 *
 * @param source topic of the texts
 * @param translations topic or topics of the translations
 * @param failures topic of what could not be translated
 * @param rollouts topics of models that are replaced by events; empty if none are
 */
record ConfiguredTopics(
    String source, TopicPattern translations, String failures, Optional<RolloutTopics> rollouts) {}
