package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * The encoder-decoder under teacher forcing: p(y_t | y_1 .. y_{t-1}, x).
 *
 * <p>Not thread-safe.
 */
public final class Seq2Seq implements TeacherForcing {

  private final Parameters parameters;
  private final int startId;
  private final int padId;

  /**
   * A model over parameters that stay the caller's.
   *
   * @param startId id that the decoder starts from
   * @param padId id that fills the batches; has no influence on any result
   */
  public Seq2Seq(Parameters parameters, int startId, int padId) {
    this.parameters = parameters;
    this.startId = startId;
    this.padId = padId;
  }

  /** The parameters that it computes with. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * What the model predicts and what it should, for each target token that is not padding.
   *
   * @param logits float [N, V]
   * @param tokens int64 [N]
   */
  public record Prediction(Tensor logits, Tensor tokens) {}

  /**
   * Predicts every target token from the ones before it.
   *
   * @param sources token ids of B sentences, each with its end token
   * @param targets token ids of their B translations, each with its end token
   * @param dropout {@link Dropout#NONE} outside training
   * @param precision of the products
   * @return tensors that live as long as the surrounding {@link NativeScope}; N is the number of
   *     target tokens, time first
   */
  public Prediction predict(
      List<int[]> sources, List<int[]> targets, Dropout dropout, Precision precision) {
    SourceBatch source = SourceBatch.of(sources, padId);
    TargetBatch target = TargetBatch.of(targets, startId, padId);
    Weights weights = new Weights(parameters, precision);
    Tying tying = parameters.config().tying();
    Encoder.Encoded encoded =
        new Encoder(weights, dropout.context())
            .encode(
                source,
                embed(ModelWeights.sourceEmbedding(tying), source.tokens(), dropout.embedding()));
    Tensor previous =
        embed(ModelWeights.targetEmbedding(tying), target.previous(), dropout.embedding());
    Tensor readouts = new Decoder(weights, dropout).readouts(target, previous, encoded);
    Tensor logits = weights.affine(readouts, ModelWeights.output(tying), "output.b");
    return new Prediction(Precision.widen(logits), target.tokens());
  }

  @Override
  public float[][] logProbabilities(int[] source, int[] target) {
    return NativeScope.callWithoutGradients(
        () -> {
          Tensor logits =
              predict(List.of(source), List.of(target), Dropout.NONE, Precision.FLOAT32).logits();
          FloatPointer data = log_softmax(logits, 1).contiguous().data_ptr_float();
          float[][] rows = new float[target.length][parameters.config().vocabularySize()];
          for (int t = 0; t < rows.length; t++) {
            data.position((long) t * rows[t].length).get(rows[t]);
          }
          return rows;
        });
  }

  private Tensor embed(String name, Tensor ids, double probability) {
    return thin(embedding(parameters.get(name), ids), probability);
  }

  /** Zeroes units with this probability and scales the others up by as much. */
  static Tensor thin(Tensor values, double probability) {
    return probability == 0 ? values : dropout(values, probability, true);
  }
}
