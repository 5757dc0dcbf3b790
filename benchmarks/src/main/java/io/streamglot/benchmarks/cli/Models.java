package io.streamglot.benchmarks.cli;

import io.streamglot.benchmarks.decoding.Candidate;
import io.streamglot.benchmarks.decoding.LoadedModel;
import io.streamglot.translator.decode.DecoderSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Several candidates, closed together.
 *
 * @param all in the order given
 */
record Models(List<LoadedModel> all) implements AutoCloseable {

  /** Opens each with a session of its own. */
  static Models open(List<Candidate> candidates) throws IOException {
    Models models = new Models(new ArrayList<>());
    try {
      for (Candidate candidate : candidates) {
        models.all.add(LoadedModel.open(candidate, DecoderSettings.DEFAULT));
      }
      return models;
    } catch (IOException | RuntimeException e) {
      models.close();
      throw e;
    }
  }

  @Override
  public void close() {
    all.forEach(LoadedModel::close);
  }
}
