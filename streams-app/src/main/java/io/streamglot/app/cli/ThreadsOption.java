package io.streamglot.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --threads}, for the commands that translate with one model. */
final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = DecoderThreads.AUTO,
      converter = Converter.class,
      description =
          "Threads that translate, 1 to "
              + DecoderThreads.MOST
              + ", or auto: one for each processor (default: auto).")
  private int threads;

  int threads() {
    return threads;
  }

  private static final class Converter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return DecoderThreads.parse(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected %s, actual '%s'".formatted(DecoderThreads.EXPECTED, text)));
    }
  }
}
