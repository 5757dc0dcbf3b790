/**
 * What operators see of the application: metrics for Prometheus and health for whoever supervises
 * the process, over HTTP.
 *
 * <p>{@link io.streamglot.app.ops.Monitoring} holds the three parts together: {@link
 * io.streamglot.app.ops.PipelineMetrics} counts what the topology does, beside Kafka's own metrics;
 * {@link io.streamglot.app.ops.Health} asks Kafka Streams for its state; {@link
 * io.streamglot.app.ops.MonitoringServer} answers.
 *
 * <p>Nothing here knows a text: labels are languages, reasons of failures and what Kafka and the
 * JVM label their own with.
 */
package io.streamglot.app.ops;
