package io.streamglot.training.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.ModelWeights;
import io.streamglot.training.model.NativeScope;
import io.streamglot.training.model.Parameters;
import io.streamglot.training.model.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
import org.bytedeco.pytorch.Tensor;

/**
 * The checkpoints of one run, in one folder: {@code last} with all that resuming needs, {@code
 * best} with the parameters of the best validation.
 *
 * <p>A checkpoint is a folder with {@code parameters.pt}, {@code optimizer.pt} and {@code
 * average.pt} (libtorch archives) and {@code state.json}. It is written beside the old one and then
 * takes its place, so that a kill at any moment leaves a whole one.
 */
public final class CheckpointStore {

  private static final String PARAMETERS = "parameters.pt";
  private static final String OPTIMIZER = "optimizer.pt";
  private static final String AVERAGE = "average.pt";
  private static final String STATE = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final RunIdentity run;

  /**
   * The store of a run; nothing is read or written yet.
   *
   * @param folder created when first needed
   * @param run goes into each checkpoint, so that no other run is resumed from it
   */
  public CheckpointStore(Path folder, RunIdentity run) {
    this.folder = folder;
    this.run = run;
  }

  /**
   * The content of {@code state.json}.
   *
   * @param run what must be the same to resume
   * @param progress where the run stood
   */
  record State(RunIdentity run, Progress progress) {}

  /** Writes the parameters that validated best. */
  void saveBest(Parameters parameters) throws IOException {
    Path staging = stage("best");
    saveParameters(parameters, staging.resolve(PARAMETERS));
    replace(staging, "best");
  }

  /** Writes all that resuming needs. */
  void saveLast(
      Parameters parameters, Optimizer optimizer, ParameterAverage average, Progress progress)
      throws IOException {
    Path staging = stage("last");
    saveParameters(parameters, staging.resolve(PARAMETERS));
    save(optimizer::save, staging.resolve(OPTIMIZER));
    save(average::save, staging.resolve(AVERAGE));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(staging.resolve(STATE).toFile(), new State(run, progress));
    replace(staging, "last");
  }

  /**
   * Brings parameters, optimiser and average to where the run stood.
   *
   * @return where that was; empty if there is no checkpoint
   * @throws CheckpointException if the checkpoint is damaged or of a run with other settings or
   *     data
   */
  Optional<Progress> loadLast(Parameters parameters, Optimizer optimizer, ParameterAverage average)
      throws IOException {
    recover("last");
    Path last = folder.resolve("last");
    if (!Files.exists(last)) {
      return Optional.empty();
    }
    State state = readState(last.resolve(STATE));
    requireSameRun(last, state.run());
    parameters.assign(loadParameters(parameters.config(), last.resolve(PARAMETERS)));
    load(optimizer::load, last.resolve(OPTIMIZER));
    load(average::load, last.resolve(AVERAGE));
    return Optional.of(state.progress());
  }

  /**
   * Where the run stood at its last checkpoint.
   *
   * @throws CheckpointException if there is none, or it is damaged or of a run with other settings
   *     or data
   */
  public Progress progress() throws IOException {
    recover("last");
    Path last = folder.resolve("last");
    if (!Files.exists(last)) {
      throw new CheckpointException(
          last + ": expected a checkpoint of this training, actual none; train first", null);
    }
    State state = readState(last.resolve(STATE));
    requireSameRun(last, state.run());
    return state.progress();
  }

  /**
   * The parameters that validated best.
   *
   * @throws CheckpointException if there are none, or they are damaged
   */
  public ModelWeights loadBest() throws IOException {
    recover("best");
    return loadParameters(run.model(), folder.resolve("best").resolve(PARAMETERS));
  }

  private static State readState(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), State.class);
    } catch (IOException e) {
      throw new CheckpointException(
          file + ": expected the state of a checkpoint, actual " + firstLine(e), e);
    }
  }

  /** Names only what differs: whole records side by side are hard to read. */
  private void requireSameRun(Path where, RunIdentity saved) throws CheckpointException {
    List<String> differences = new ArrayList<>();
    compare("", JSON.valueToTree(saved.model()), JSON.valueToTree(run.model()), differences);
    compare("", JSON.valueToTree(saved.training()), JSON.valueToTree(run.training()), differences);
    compare("", JSON.valueToTree(saved.search()), JSON.valueToTree(run.search()), differences);
    compare("", data(saved), data(run), differences);
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "%s: the checkpoint is of another run: %s; use the same settings and data, or another run folder"
              .formatted(where, String.join(", ", differences)),
          null);
    }
  }

  private static JsonNode data(RunIdentity run) {
    return JSON.createObjectNode().put("train", run.trainData()).put("dev", run.devData());
  }

  private static void compare(
      String name, JsonNode saved, JsonNode asked, List<String> differences) {
    if (asked.isObject()) {
      for (Map.Entry<String, JsonNode> field : asked.properties()) {
        String path = name.isEmpty() ? field.getKey() : name + "." + field.getKey();
        compare(path, saved.path(field.getKey()), field.getValue(), differences);
      }
    } else if (!asked.equals(saved)) {
      differences.add("%s: expected %s, actual %s".formatted(name, saved, asked));
    }
  }

  private static void save(Consumer<OutputArchive> state, Path file) {
    try (OutputArchive archive = new OutputArchive()) {
      state.accept(archive);
      archive.save_to(file.toString());
    }
  }

  private static void load(Consumer<InputArchive> state, Path file) throws CheckpointException {
    try (InputArchive archive = open(file)) {
      state.accept(archive);
    }
  }

  private static void saveParameters(Parameters parameters, Path file) {
    NativeScope.call(
        () -> {
          OutputArchive archive = new OutputArchive();
          parameters
              .toWeights()
              .asMap()
              .forEach(
                  (name, weight) ->
                      archive.write(
                          archiveKey(name), Tensor.create(weight.values(), weight.shape())));
          archive.save_to(file.toString());
          return null;
        });
  }

  private static ModelWeights loadParameters(ModelConfig config, Path file)
      throws CheckpointException {
    try (InputArchive archive = open(file)) {
      Map<String, Weight> weights = new LinkedHashMap<>();
      ModelWeights.shapes(config)
          .forEach((name, shape) -> weights.put(name, new Weight(shape, read(archive, name))));
      return new ModelWeights(weights);
    }
  }

  private static float[] read(InputArchive archive, String name) {
    return NativeScope.call(
        () -> {
          Tensor tensor = new Tensor();
          archive.read(archiveKey(name), tensor);
          float[] values = new float[Math.toIntExact(tensor.numel())];
          tensor.data_ptr_float().get(values);
          return values;
        });
  }

  private static InputArchive open(Path file) throws CheckpointException {
    InputArchive archive = new InputArchive();
    try {
      archive.load_from(file.toString());
      return archive;
    } catch (RuntimeException e) {
      archive.close();
      throw new CheckpointException(
          file + ": expected a libtorch archive, actual " + firstLine(e), e);
    }
  }

  /** libtorch takes a dot in a name for a submodule. */
  private static String archiveKey(String name) {
    return name.replace('.', '/');
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing");
  }

  private Path stage(String name) throws IOException {
    Path staging = folder.resolve(name + ".new");
    delete(staging);
    return Files.createDirectories(staging);
  }

  private void replace(Path staging, String name) throws IOException {
    Path target = folder.resolve(name);
    Path old = folder.resolve(name + ".old");
    delete(old);
    if (Files.exists(target)) {
      Files.move(target, old);
    }
    Files.move(staging, target);
    delete(old);
  }

  /** After a kill between the two moves of {@link #replace} the old checkpoint is the whole one. */
  private void recover(String name) throws IOException {
    Path target = folder.resolve(name);
    Path old = folder.resolve(name + ".old");
    if (!Files.exists(target) && Files.exists(old)) {
      Files.move(old, target);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
