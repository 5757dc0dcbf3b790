package io.streamglot.app.cli;

import io.streamglot.translator.decode.DecoderDevice;
import io.streamglot.translator.decode.DecoderSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How to decode, for the commands that translate with one model. */
final class DecoderOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = DecoderThreads.AUTO,
      converter = ThreadsConverter.class,
      description =
          "Threads that translate, 1 to "
              + DecoderThreads.MOST
              + ", or auto: one for each processor (default: auto).")
  private int threads;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda:N|auto",
      defaultValue = "auto",
      converter = DeviceConverter.class,
      description =
          "Where to compute; auto: on CUDA if this build, the machine and the model are made for it,"
              + " else on the CPU (default: auto).")
  private DecoderDevice device;

  @Option(
      names = "--no-shortlist",
      description = "Choose among all target tokens, where the model has a shortlist; slower.")
  private boolean withoutShortlist;

  DecoderSettings settings() {
    return new DecoderSettings(threads).withDevice(device).withShortlist(!withoutShortlist);
  }

  private static final class ThreadsConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return DecoderThreads.parse(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected %s, actual '%s'".formatted(DecoderThreads.EXPECTED, text)));
    }
  }

  private static final class DeviceConverter implements ITypeConverter<DecoderDevice> {
    @Override
    public DecoderDevice convert(String text) {
      try {
        return DecoderDevice.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
