package io.streamglot.translator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the tests find real files. */
public final class TestResources {

  private TestResources() {}

  /** A small tokenizer.json, learned from real text; see the README of the test resources. */
  public static Path tokenizer() {
    return resource("/tokenizer/tokenizer.json");
  }

  /** 200 real English sentences, each different. */
  public static List<String> sentences() {
    try {
      return Files.readAllLines(resource("/sentences/en.txt"), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The English-French bundle that ships; the system property streamglot.model names another. */
  public static ModelBundle shippedModel() throws BundleFormatException {
    return ModelBundle.open(Path.of(System.getProperty("streamglot.model", "../models/en-fr")));
  }

  private static Path resource(String name) {
    try {
      return Path.of(TestResources.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
