package io.streamglot.app.format;

import java.net.URI;
import java.util.Optional;

/**
 * How to reach and use a schema registry.
 *
 * @param url of its API, without a slash at the end, such as {@code http://localhost:8081}
 * @param credentials user and password, separated by a colon; none if absent
 * @param naming which subject a schema is registered under
 * @param autoRegister whether a schema that the registry lacks is registered; if not, it must be
 *     there
 */
public record RegistrySettings(
    URI url, Optional<String> credentials, SubjectNaming naming, boolean autoRegister) {

  /** Without the credentials. */
  @Override
  public String toString() {
    return url.toString();
  }
}
