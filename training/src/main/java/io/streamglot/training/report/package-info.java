/**
 * Makes a run visible: {@link io.streamglot.training.report.RunRecorder} writes TensorBoard's event
 * files and the run's history, {@link io.streamglot.training.report.RunReport} a page for browsers,
 * {@link io.streamglot.training.report.AttentionHeatMap} and the charts are figures for both and
 * for papers.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A resumed run makes the steps after its checkpoint again. The history drops what it knew of
 *       them; TensorBoard does the same when it meets a session log that starts at such a step.
 *   <li>Servers often have no fonts, and Java then cannot draw text. So SVG is written without
 *       Java's graphics, by {@link io.streamglot.training.report.SvgCanvas}; it is sharp at any
 *       size, and shows Chinese to whoever can read it. Only PNG needs fonts.
 *   <li>Several SVG elements of one page share one space of ids: figures use none.
 * </ul>
 */
package io.streamglot.training.report;
