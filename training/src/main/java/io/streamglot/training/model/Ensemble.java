package io.streamglot.training.model;

import java.util.List;

/**
 * Models that decide together: the mean of their probabilities.
 *
 * <p>Owns the native memory of its parameters. Not thread-safe.
 */
public final class Ensemble implements TeacherForcing, AutoCloseable {

  private final List<Parameters> parameters;
  private final List<Seq2Seq> members;

  /**
   * An ensemble on the CPU.
   *
   * @param config sizes of each member
   * @param members the parameters of each, at least one; copied
   * @param startId as for {@link Seq2Seq}
   * @param padId as for {@link Seq2Seq}
   */
  public Ensemble(ModelConfig config, List<ModelWeights> members, int startId, int padId) {
    this.parameters = members.stream().map(weights -> Parameters.of(config, weights)).toList();
    this.members = parameters.stream().map(each -> new Seq2Seq(each, startId, padId)).toList();
  }

  @Override
  public float[][] logProbabilities(int[] source, int[] target) {
    if (members.size() == 1) {
      return members.get(0).logProbabilities(source, target);
    }
    List<float[][]> each =
        members.stream().map(member -> member.logProbabilities(source, target)).toList();
    float[][] together = new float[target.length][];
    for (int t = 0; t < target.length; t++) {
      int step = t;
      together[t] = logOfMean(each.stream().map(rows -> rows[step]).toList());
    }
    return together;
  }

  private static float[] logOfMean(List<float[]> rows) {
    float[] mean = new float[rows.get(0).length];
    for (int token = 0; token < mean.length; token++) {
      int column = token;
      mean[token] =
          (float)
              Math.log(
                  rows.stream().mapToDouble(row -> Math.exp(row[column])).average().getAsDouble());
    }
    return mean;
  }

  @Override
  public void close() {
    parameters.forEach(Parameters::close);
  }
}
