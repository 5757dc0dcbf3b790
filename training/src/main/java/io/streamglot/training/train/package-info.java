/**
 * The training loop. {@link io.streamglot.training.train.Trainer} makes the steps; optimiser,
 * schedule, average, validation and checkpoints are classes beside it.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A resumed run must end with the same bits as one that was not interrupted. So nothing may
 *       depend on what came before but parameters, their average, optimiser and {@link
 *       io.streamglot.training.train.Progress}: the batch follows from the epoch, dropout from the
 *       step.
 *   <li>Whatever a step makes in native memory goes at its end, see {@link
 *       io.streamglot.training.model.NativeScope}.
 *   <li>The loss is a mean over the target tokens of a batch, so long and short batches weigh the
 *       same in a step.
 * </ul>
 */
package io.streamglot.training.train;
