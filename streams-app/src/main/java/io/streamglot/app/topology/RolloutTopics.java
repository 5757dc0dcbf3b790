package io.streamglot.app.topology;

import java.util.Optional;

/**
 * Topics of an application whose models are replaced by events.
 *
 * @param models topic of the events, not blank
 * @param shadow topic of what candidates translate on trial; empty if none may
 */
public record RolloutTopics(String models, Optional<String> shadow) {}
