/**
 * Models that are replaced by events: what an event says ({@link
 * io.streamglot.app.rollout.RolloutEvent}), where the events are ({@link
 * io.streamglot.app.rollout.ModelsTopic}), which bundles they name ({@link
 * io.streamglot.app.rollout.BundleFolder}), and who follows them ({@link
 * io.streamglot.app.rollout.Rollouts}).
 */
package io.streamglot.app.rollout;
