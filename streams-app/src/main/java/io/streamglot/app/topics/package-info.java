/**
 * The three topics that the application's user owns: how they are made, and what is wrong with
 * those that are there.
 *
 * <p>{@link io.streamglot.app.topics.TopicAdmin} asks Kafka and tells Kafka; {@link
 * io.streamglot.app.topics.TopicPlan} says what a new topic is like, {@link
 * io.streamglot.app.topics.TopicRules} what an existing one must be like. These two know each other
 * only by a test: what the plan makes, the rules find nothing in.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A principal may see a topic and not its settings. Then {@link
 *       io.streamglot.app.topics.TopicState#settings} is empty, and no rule speaks of them.
 *   <li>The number of replicas that the brokers give by default can only be learnt by asking for a
 *       topic, hence the request that validates and creates nothing.
 * </ul>
 */
package io.streamglot.app.topics;
