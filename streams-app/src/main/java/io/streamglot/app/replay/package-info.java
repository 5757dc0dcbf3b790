/**
 * Translates a recording, or a range of a topic, again.
 *
 * <p>{@link io.streamglot.app.replay.Replay} is the story: {@link
 * io.streamglot.app.replay.MessageBatches} gathers messages as {@link
 * io.streamglot.app.replay.Pace} says and has them read while the batch before is translated by
 * {@link io.streamglot.app.topology.OfflineTranslation}, the code of the topology. What comes out
 * goes to a recording, or to a topic of its own through {@link
 * io.streamglot.app.replay.TopicOutput}.
 *
 * <p>Trap: which messages share a batch depends on the pace and the number of threads. A score may
 * differ in its last digits with that, so equal bytes need an equal pace and number; see
 * docs/decisions/0010.
 */
package io.streamglot.app.replay;
