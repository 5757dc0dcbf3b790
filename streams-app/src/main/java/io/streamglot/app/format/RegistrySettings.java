package io.streamglot.app.format;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach and use a schema registry.
 *
 * @param url of its API, without a slash at the end, such as {@code http://localhost:8081}
 * @param credentials user and password, separated by a colon; none if absent
 * @param naming which subject a schema is registered under
 * @param autoRegister whether a schema that the registry lacks is registered; if not, it must be
 *     there
 * @param tls Kafka's settings {@code ssl.*}, which hold for the registry too if the URL is of https
 */
public record RegistrySettings(
    URI url,
    Optional<String> credentials,
    SubjectNaming naming,
    boolean autoRegister,
    Map<String, String> tls) {

  /** Copies the map. */
  public RegistrySettings {
    tls = Map.copyOf(tls);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return url.toString();
  }
}
