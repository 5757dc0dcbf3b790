/**
 * From parallel text to a bundle: {@link io.streamglot.training.TrainingRun} is the pipeline, one
 * screen long; {@link io.streamglot.training.TrainingPlan} is all that it needs to know.
 *
 * <pre>
 * corpus -> tokenizer -> token ids -> model -> best checkpoint -> scores -> ONNX bundle
 * </pre>
 *
 * <p>The same plan and data give the same bundle on the same machine. Validation goes the whole way
 * that users go: the parameters are exported, and the serving decoder translates the development
 * data.
 */
package io.streamglot.training;
