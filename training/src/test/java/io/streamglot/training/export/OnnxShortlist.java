package io.streamglot.training.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** The shortlist that a {@code model.onnx} holds, read back from its initializers. */
final class OnnxShortlist {

  private final BitSet frequent = new BitSet();
  private final ByteBuffer translations;
  private final int width;

  private OnnxShortlist(TensorProto frequent, TensorProto translations) {
    ByteBuffer always = data(frequent);
    for (int token = 0; always.hasRemaining(); token++) {
      this.frequent.set(token, always.getFloat() == 1);
    }
    this.translations = data(translations);
    this.width = (int) translations.getDims(1);
  }

  static OnnxShortlist of(ModelProto model) {
    return new OnnxShortlist(
        find(model, "shortlist.frequent"), find(model, "shortlist.translations"));
  }

  /** The target tokens that a sentence may use. */
  BitSet candidates(int[] source) {
    BitSet candidates = (BitSet) frequent.clone();
    for (int token : source) {
      for (int i = 0; i < width; i++) {
        candidates.set(translations.getInt((token * width + i) * Integer.BYTES));
      }
    }
    return candidates;
  }

  private static TensorProto find(ModelProto model, String name) {
    return model.getGraph().getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ByteBuffer data(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
