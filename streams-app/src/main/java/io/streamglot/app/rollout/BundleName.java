package io.streamglot.app.rollout;

/**
 * A bundle as an event names it.
 *
 * @param folder in the {@link BundleFolder}
 * @param version that it must have, not blank
 * @param sha256 that its manifest must have, 64 hexadecimal digits, or empty if any will do
 */
public record BundleName(String folder, String version, String sha256) {

  @Override
  public String toString() {
    return folder + " (" + version + ")";
  }
}
