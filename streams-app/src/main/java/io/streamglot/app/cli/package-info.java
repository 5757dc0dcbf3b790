/**
 * The command line: one class a command, and {@link io.streamglot.app.cli.StreamglotMain}, which
 * wires them to standard input and output.
 *
 * <p>{@code demo} and {@code run} serve a Kafka through {@link
 * io.streamglot.app.cli.StreamsRunner}, {@code topics} prepares it, {@code retry} brings dead
 * letters back; {@code translate} and {@code inspect} need none, {@code compare} one only for
 * topics. What a user can mend is a {@link io.streamglot.app.cli.UserErrorException}: one line a
 * problem, exit code 2. {@link io.streamglot.app.cli.ErrorReport} is the only place that prints
 * errors.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>Standard output is data only. Prompts, warnings and logs go to standard error.
 *   <li>A read from standard input cannot be interrupted. It happens on a daemon thread, so that a
 *       signal can end the program.
 *   <li>{@code System.out} follows the locale; the commands write UTF-8 themselves. Digits follow
 *       it too, until {@code main} sets another default.
 *   <li>A {@code PrintWriter} swallows write errors: {@link io.streamglot.app.cli.Output}.
 * </ul>
 */
package io.streamglot.app.cli;
