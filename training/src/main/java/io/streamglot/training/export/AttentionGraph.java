package io.streamglot.training.export;

import io.streamglot.training.export.OnnxGraph.Tensor;
import io.streamglot.training.model.ContextType;
import java.util.List;
import java.util.Optional;

/**
 * Attention: where in the source to look before the next token.
 *
 * <pre>
 *   additive   e_tj = v . tanh(W_query s_{t-1} + W_key h_j + b)     (Bahdanau et al., 2015)
 *   dot        e_tj = s_{t-1} . h_j                                 (Luong et al., 2015)
 *   general    e_tj = s_{t-1} . W_key h_j                           (Luong et al., 2015)
 *
 *              a_t  = softmax over j of e_tj
 *              c_t  = sum over j of a_tj h_j
 * </pre>
 *
 * <p>Keys, what the query meets, do not depend on the step and are made once, before the loop. So
 * are values: {@code W c_t = sum over j of a_tj (W h_j)}. The sum runs over rows that are projected
 * already, which takes a matrix of [G Hd + E, C] out of every step.
 */
final class AttentionGraph implements ContextGraph {

  private final ModelGraph model;
  private final boolean additive;
  private final Tensor keys; // [B, 1, S, A] if additive, else [B, Hd, S]
  private final Tensor mask; // [B, 1, S]
  private final Tensor values; // [B, S, G Hd + E]

  AttentionGraph(ModelGraph model, EncoderGraph encoder) {
    OnnxGraph g = model.graph();
    ContextType type = model.config().context();
    Tensor annotations = encoder.annotations();
    Tensor key =
        type == ContextType.DOT
            ? annotations
            : g.matMul(annotations, g.transpose(model.weight("attention.w_key"), 1, 0));
    this.model = model;
    this.additive = type == ContextType.ADDITIVE;
    this.keys =
        additive
            ? g.unsqueeze(g.add(key, model.weight("attention.b")), 1)
            : g.transpose(key, 0, 2, 1);
    this.mask = encoder.mask();
    this.values = ContextGraph.projection(model).of(g, annotations);
  }

  @Override
  public Optional<String> queryMatrix() {
    return additive ? Optional.of("attention.w_query") : Optional.empty();
  }

  @Override
  public List<Tensor> sentences() {
    return List.of(keys, mask, values);
  }

  @Override
  public Attended append(OnnxGraph body, Tensor query, List<Tensor> sentences, Rows rows) {
    Tensor energies = energies(body, query, sentences.get(0), rows);
    Tensor weights = body.softmax(body.add(energies, sentences.get(1)), -1);
    Tensor context = body.matMul(weights, sentences.get(2)); // [b, K, G Hd + E]
    Tensor perSlot = body.reshape(context, body.longs(-1, ContextGraph.width(model.config())));
    return new Attended(Optional.of(weights), rows.fromSlots(body, perSlot));
  }

  /** -1, K, 1, A if additive, else -1, K, Hd; made before the loop. */
  private Tensor queryShape(Tensor beamSize) {
    OnnxGraph g = model.graph();
    return additive
        ? g.concat(0, g.longs(-1), beamSize, g.longs(1, model.config().attentionSize()))
        : g.concat(0, g.longs(-1), beamSize, g.longs(model.config().decoder().size()));
  }

  /** float [b, K, S]. */
  private Tensor energies(OnnxGraph body, Tensor query, Tensor keys, Rows rows) {
    Tensor queries = body.reshape(rows.toSlots(body, query), queryShape(rows.beamSize()));
    if (!additive) {
      return body.matMul(queries, keys);
    }
    Tensor compared = body.tanh(body.add(keys, queries)); // [b, K, S, A]
    // ONNX Runtime multiplies a row several times as fast as a column.
    Tensor row = model.graph().unsqueeze(model.weight("attention.v"), 0);
    Tensor columns = body.reshape(compared, body.longs(-1, model.config().attentionSize()));
    Tensor energies = body.linear(row, columns); // [1, b K S]
    return body.reshape(energies, energyShape(rows.beamSize()));
  }

  /** -1, K, S; made before the loop. */
  private Tensor energyShape(Tensor beamSize) {
    OnnxGraph g = model.graph();
    return g.concat(0, g.longs(-1), beamSize, g.from(g.shape(mask), g.longs(2)));
  }
}
