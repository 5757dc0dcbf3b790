/**
 * The commands of the training module, one class each; {@link
 * io.streamglot.training.cli.TrainingMain} only wires them, and {@link
 * io.streamglot.training.cli.Program} is how they start and end.
 *
 * <p>Standard output is results only; progress and problems go to standard error. Exit codes: 0
 * done, 2 what a user can mend, 1 a defect.
 */
package io.streamglot.training.cli;
