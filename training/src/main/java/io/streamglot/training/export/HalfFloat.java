package io.streamglot.training.export;

/** IEEE 754 binary16, which Java has from version 20 on. */
final class HalfFloat {

  /** 2^112: the difference between the exponents of 32 and of 16 bits. */
  private static final float REBASE = 0x1p-112f;

  private static final int DROPPED_BITS = 13;

  private HalfFloat() {}

  /**
   * The bits of the nearest value, of two the even one (below 2^-14 either); infinite beyond
   * 65,504.
   */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65_520f) {
      return (short) (sign | 0x7c00);
    }
    // Now a float's bits, shifted, are the half's, and what is too small for it is rounded here.
    int rebased = Float.floatToRawIntBits(magnitude * REBASE);
    int odd = (rebased >>> DROPPED_BITS) & 1;
    return (short) (sign | ((rebased + 0xfff + odd) >>> DROPPED_BITS));
  }
}
