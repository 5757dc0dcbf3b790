/**
 * The folder that training writes and serving reads, and what protects it.
 *
 * <p>{@code bundle.json} ({@link io.streamglot.translator.bundle.BundleManifest}) says who the
 * model is, how to search with it, and the SHA-256 of {@code model.onnx}, {@code tokenizer.json}
 * and {@code MODEL_CARD.md}; {@code bundle.sha256} has the SHA-256 of {@code bundle.json} in the
 * format of {@code sha256sum -c}. {@link io.streamglot.translator.bundle.ModelBundle} opens no
 * folder in which a byte of these differs, and {@link io.streamglot.translator.bundle.BundleWriter}
 * moves a whole bundle to its place.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>The checksums find damage and mixed-up files. They are no signature: who can write the
 *       folder can write them too.
 *   <li>Version control must not change line ends in a bundle ({@code -text} in {@code
 *       .gitattributes}).
 *   <li>A move in one step needs both folders on one file system, so stage next to the target.
 * </ul>
 */
package io.streamglot.translator.bundle;
