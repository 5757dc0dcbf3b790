package io.streamglot.training.model;

import static org.bytedeco.pytorch.global.torch.dropout;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * The encoder-decoder with attention under teacher forcing: p(y_t | y_1 .. y_{t-1}, x).
 *
 * <p>One embedding serves source, target and output (Press and Wolf, 2017). Not thread-safe.
 */
public final class Seq2Seq implements TeacherForcing {

  private final Parameters parameters;
  private final int startId;
  private final int padId;
  private final Encoder encoder;
  private final Decoder decoder;

  /**
   * Wires the layers over parameters that stay the caller's.
   *
   * @param startId id that the decoder starts from
   * @param padId id that fills the batches; has no influence on any result
   */
  public Seq2Seq(Parameters parameters, int startId, int padId) {
    this.parameters = parameters;
    this.startId = startId;
    this.padId = padId;
    encoder = new Encoder(parameters);
    decoder = new Decoder(parameters);
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
   * @param dropout probability, 0 to below 1, of a zeroed unit in embeddings, encoder states and
   *     readouts; 0 outside training
   * @return tensors that live as long as the surrounding {@link NativeScope}; N is the number of
   *     target tokens, time first
   */
  public Prediction predict(List<int[]> sources, List<int[]> targets, double dropout) {
    SourceBatch source = SourceBatch.of(sources, padId);
    TargetBatch target = TargetBatch.of(targets, startId, padId);
    Encoder.Encoded encoded =
        encoder.encode(source, embed(source.forward(), dropout), embed(source.backward(), dropout));
    Encoder.Encoded thinned =
        new Encoder.Encoded(thin(encoded.states(), dropout), encoded.mask(), encoded.initial());
    Tensor readouts =
        decoder.readouts(target, embed(target.previous(), dropout), target.rows(), thinned);
    Tensor logits =
        linear(thin(readouts, dropout), parameters.get("embedding"), parameters.get("output.b"));
    return new Prediction(logits, target.tokens());
  }

  @Override
  public float[][] logProbabilities(int[] source, int[] target) {
    return NativeScope.callWithoutGradients(
        () -> {
          Tensor logits = predict(List.of(source), List.of(target), 0).logits();
          FloatPointer data = log_softmax(logits, 1).contiguous().data_ptr_float();
          float[][] rows = new float[target.length][parameters.config().vocabularySize()];
          for (int t = 0; t < rows.length; t++) {
            data.position((long) t * rows[t].length).get(rows[t]);
          }
          return rows;
        });
  }

  private Tensor embed(Tensor ids, double probability) {
    return thin(embedding(parameters.get("embedding"), ids), probability);
  }

  private static Tensor thin(Tensor values, double probability) {
    return probability == 0 ? values : dropout(values, probability, true);
  }
}
