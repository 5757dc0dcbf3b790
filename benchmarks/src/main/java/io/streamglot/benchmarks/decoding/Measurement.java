package io.streamglot.benchmarks.decoding;

import io.streamglot.benchmarks.output.Spread;
import java.util.List;

/**
 * One candidate in one cell of the grid.
 *
 * @param candidate its index, from 0
 * @param cell of the grid
 * @param settings what the candidate made of the cell
 * @param sentences decoded in a round
 * @param sourceTokens of these, end tokens included
 * @param targetTokens of the best hypotheses, without end tokens
 * @param same sentences whose best hypothesis has the tokens of the first candidate's
 * @param rounds in their order, at least one
 */
public record Measurement(
    int candidate,
    RunSettings cell,
    RunSettings settings,
    int sentences,
    long sourceTokens,
    long targetTokens,
    int same,
    List<Round> rounds) {

  /** Copies the rounds. */
  public Measurement {
    rounds = List.copyOf(rounds);
  }

  /**
   * A round.
   *
   * @param seconds wall time of all batches
   * @param batchMillis of each batch
   */
  public record Round(double seconds, List<Double> batchMillis) {

    /** Copies the list. */
    public Round {
      batchMillis = List.copyOf(batchMillis);
    }
  }

  /** Wall time of the rounds. */
  public Spread seconds() {
    return Spread.of(secondsOfRounds());
  }

  /** Milliseconds of the batches of all rounds. */
  public Spread batchMillis() {
    return Spread.of(rounds.stream().flatMap(round -> round.batchMillis().stream()).toList());
  }

  /** Of the median round. */
  public double sentencesPerSecond() {
    return sentences / seconds().median();
  }

  /** Of the median round. */
  public double targetTokensPerSecond() {
    return targetTokens / seconds().median();
  }

  /** How many times as fast this is as another, round by round. */
  public Spread speedOver(Measurement other) {
    return Spread.ofRatios(other.secondsOfRounds(), secondsOfRounds());
  }

  private List<Double> secondsOfRounds() {
    return rounds.stream().map(Round::seconds).toList();
  }
}
