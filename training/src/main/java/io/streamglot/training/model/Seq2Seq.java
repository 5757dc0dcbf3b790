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

  /** How the model did on a batch; lives as long as the surrounding {@link NativeScope}. */
  public static final class Loss {

    private final double value;
    private final Tensor carrier;
    private final Weights weights;

    private Loss(double value, Tensor carrier, Weights weights) {
      this.value = value;
      this.carrier = carrier;
      this.weights = weights;
    }

    /** The mean over the target tokens, in nats. */
    public double value() {
      return value;
    }

    /** Adds the gradient of the loss to the parameters' own; once, and not without gradients. */
    public void backward() {
      carrier.backward();
      weights.stepProductCarrier().backward();
    }
  }

  /**
   * The cross-entropy of every target token given the ones before it.
   *
   * @param sources token ids of B sentences, each with its end token
   * @param targets token ids of their B translations, each with its end token
   * @param labelSmoothing share of the target distribution spread over the vocabulary, 0 to below 1
   * @param dropout {@link Dropout#NONE} outside training
   * @param precision of the products
   */
  public Loss loss(
      List<int[]> sources,
      List<int[]> targets,
      double labelSmoothing,
      Dropout dropout,
      Precision precision) {
    Weights weights = new Weights(parameters, precision);
    TargetBatch target = TargetBatch.of(targets, startId, padId, parameters.device());
    Tensor readouts =
        readouts(SourceBatch.of(sources, padId, parameters.device()), target, weights, dropout);
    OutputLoss.Result result =
        new OutputLoss(weights, labelSmoothing).of(readouts, target.tokens());
    return new Loss(result.value(), result.carrier(), weights);
  }

  @Override
  public float[][] logProbabilities(int[] source, int[] target) {
    return NativeScope.callWithoutGradients(
        () -> {
          Weights weights = new Weights(parameters, Precision.FLOAT32);
          Tensor readouts =
              readouts(
                  SourceBatch.of(List.of(source), padId, parameters.device()),
                  TargetBatch.of(List.of(target), startId, padId, parameters.device()),
                  weights,
                  Dropout.NONE);
          String output = ModelWeights.output(parameters.config().tying());
          Tensor logits = weights.affine(readouts, output, "output.b");
          FloatPointer data = log_softmax(logits, 1).cpu().contiguous().data_ptr_float();
          float[][] rows = new float[target.length][parameters.config().vocabularySize()];
          for (int t = 0; t < rows.length; t++) {
            data.position((long) t * rows[t].length).get(rows[t]);
          }
          return rows;
        });
  }

  /** What the output layer reads for each target token: float [N, E], time first. */
  private Tensor readouts(
      SourceBatch source, TargetBatch target, Weights weights, Dropout dropout) {
    Tying tying = parameters.config().tying();
    Tensor embedded =
        embed(ModelWeights.sourceEmbedding(tying), source.tokens(), dropout.embedding());
    Encoder.Encoded encoded = new Encoder(weights, dropout.context()).encode(source, embedded);
    Tensor previous =
        embed(ModelWeights.targetEmbedding(tying), target.previous(), dropout.embedding());
    return new Decoder(weights, dropout).readouts(target, previous, encoded);
  }

  private Tensor embed(String name, Tensor ids, double probability) {
    return thin(embedding(parameters.get(name), ids), probability);
  }

  /** Zeroes units with this probability and scales the others up by as much. */
  static Tensor thin(Tensor values, double probability) {
    return probability == 0 ? values : dropout(values, probability, true);
  }
}
