package io.streamglot.app.format;

import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS to a schema registry, by the settings that Kafka's clients have for it: certificates to trust
 * ({@code ssl.truststore.*}; the JVM's own where there are none) and to show ({@code
 * ssl.keystore.*}).
 */
final class RegistryTls {

  private RegistryTls() {}

  /**
   * Reads the files that the settings name.
   *
   * @throws RegistryException if Kafka refuses the settings
   */
  static SSLContext context(RegistrySettings settings) {
    var definition = new ConfigDef();
    SslConfigs.addClientSslSupport(definition);
    try (var factory = new DefaultSslEngineFactory()) {
      factory.configure(definition.parse(settings.tls()));
      return factory.sslContext();
    } catch (KafkaException e) {
      throw new RegistryException(
          "schema registry %s: expected TLS as the settings ssl.* say, actual: %s"
              .formatted(settings, reason(e)),
          e);
    }
  }

  /** Kafka's own messages say little; what they come from names the file. */
  private static String reason(Throwable problem) {
    while (problem.getCause() != null) {
      problem = problem.getCause();
    }
    return problem.toString();
  }
}
