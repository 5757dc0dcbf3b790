package io.streamglot.translator.decode;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.streamglot.translator.bundle.BundleFormatException;
import io.streamglot.translator.bundle.ModelBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions of ONNX Runtime on a device. All are of one graph, whatever becomes of the
 * bundle's folder meanwhile.
 */
final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** What a machine needs; ONNX Runtime's own message says which of it is missing. */
  private static final String CUDA = "CUDA 12 and cuDNN 9 on the library path, and such a GPU";

  private final OrtEnvironment environment;
  private final ModelBundle bundle;
  private final DecoderSettings settings;
  private final ByteBuffer graph;

  /** A session on a kind of device. */
  record Opened(OrtSession session, DecoderDevice.Kind device) {}

  /**
   * Reads the graph. A mapped file would be quicker; one that is cut short while it is mapped ends
   * the process.
   *
   * @throws IOException if it cannot be read
   */
  Sessions(OrtEnvironment environment, ModelBundle bundle, DecoderSettings settings)
      throws IOException {
    this.environment = environment;
    this.bundle = bundle;
    this.settings = settings;
    byte[] bytes = Files.readAllBytes(bundle.modelFile());
    this.graph = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(); // read in place
  }

  /**
   * Opens the graph on the device of the settings.
   *
   * @return a session whose graph has the inputs and outputs of {@link GraphSignature}, and where
   *     it computes: {@link DecoderDevice.Kind#CPU} or {@link DecoderDevice.Kind#CUDA}
   * @throws BundleFormatException if ONNX Runtime does not load the graph, or it has another
   *     signature
   * @throws DeviceException if it does not open on the CUDA device that was asked for
   */
  Opened open() throws BundleFormatException, DeviceException {
    return switch (settings.device().kind()) {
      case CPU -> onCpu();
      case CUDA -> onCuda(settings.device());
      case AUTO -> hasCuda() ? onCudaOrCpu() : onCpu();
    };
  }

  /** Only a build with {@code -Pcuda} comes here. */
  private Opened onCudaOrCpu() throws BundleFormatException {
    if (!isForCuda()) {
      LOG.info("device auto: {} on cpu: its graph was not exported for CUDA", bundle);
      return onCpu();
    }
    try {
      DecoderDevice first = DecoderDevice.cuda(0);
      Opened session = onCuda(first);
      LOG.info("device auto: {} on {}", bundle, first);
      return session;
    } catch (DeviceException e) {
      LOG.info("device auto: {} on cpu: {}", bundle, e.getMessage());
      return onCpu();
    }
  }

  private boolean isForCuda() throws BundleFormatException {
    try (SessionOptions options = new SessionOptions()) {
      options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session = create(options)) {
        return GraphSignature.isForCuda(session);
      }
    } catch (OrtException e) {
      throw unloadable(e);
    }
  }

  /** Opens another session on the CPU, where {@link #open} opened one. */
  OrtSession openAnother() throws OrtException {
    try (SessionOptions options = options()) {
      return create(options);
    }
  }

  private Opened onCpu() throws BundleFormatException {
    try (SessionOptions options = options()) {
      return new Opened(open(options), DecoderDevice.Kind.CPU);
    } catch (OrtException e) {
      throw unloadable(e);
    }
  }

  private Opened onCuda(DecoderDevice device) throws BundleFormatException, DeviceException {
    if (!hasCuda()) {
      throw new DeviceException(
          device, "a build with -Pcuda", "one with ONNX Runtime for the CPU alone", null);
    }
    // Their plain form, addCUDA(number), would not say which library is missing.
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(device.number());
        SessionOptions options = options()) {
      options.addCUDA(cuda);
      return new Opened(open(options), DecoderDevice.Kind.CUDA);
    } catch (OrtException e) {
      throw new DeviceException(device, CUDA, firstLine(e), e);
    }
  }

  private OrtSession open(SessionOptions options) throws OrtException, BundleFormatException {
    OrtSession session = create(options);
    try {
      GraphSignature.verify(session);
      return session;
    } catch (BundleFormatException | OrtException e) {
      session.close();
      throw e;
    }
  }

  private OrtSession create(SessionOptions options) throws OrtException {
    return environment.createSession(graph.duplicate(), options);
  }

  private static boolean hasCuda() {
    EnumSet<OrtProvider> built = OrtEnvironment.getAvailableProviders();
    return built.contains(OrtProvider.CUDA);
  }

  private BundleFormatException unloadable(OrtException e) {
    return new BundleFormatException(
        ModelBundle.MODEL,
        "graph",
        "one that ONNX Runtime " + environment.getVersion() + " loads",
        e.getMessage(),
        e);
  }

  private static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("no message");
  }

  private SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    // The callers bring the threads: two threads inside of a call help less than two calls, and at
    // batch 1 their spinning halves the speed.
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    // Planned memory fits one shape only, and every batch has another.
    options.setMemoryPatternOptimization(false);
    // Warnings are about optimisations that did not apply, nothing a user can act on.
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    if (settings.profile().isPresent()) {
      options.enableProfiling(settings.profile().get().toString());
    }
    return options;
  }
}
