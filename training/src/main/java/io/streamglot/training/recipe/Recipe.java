package io.streamglot.training.recipe;

import io.streamglot.training.corpus.CorpusFilter;
import io.streamglot.training.corpus.PlaceholderCopies;
import io.streamglot.training.export.GraphPrecision;
import io.streamglot.training.export.GraphTarget;
import io.streamglot.training.model.CellType;
import io.streamglot.training.model.ContextType;
import io.streamglot.training.model.Device;
import io.streamglot.training.model.Dropout;
import io.streamglot.training.model.ModelConfig;
import io.streamglot.training.model.Precision;
import io.streamglot.training.model.Tying;
import io.streamglot.training.tokenizer.Normalization;
import io.streamglot.training.train.Decay;
import io.streamglot.training.train.TrainingConfig;
import io.streamglot.translator.bundle.SearchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that decides the parameters of a model but the text itself: a value for each {@link
 * Setting}. Immutable and thread-safe; equal if all values are.
 */
public final class Recipe {

  /** Version of the file format that this class reads and writes. */
  public static final int FORMAT_VERSION = 1;

  /** Most models that may decide together. */
  static final int MAX_MEMBERS = 8;

  private final Map<Setting, Object> values;

  /**
   * Checks that the values go together.
   *
   * @param values a value of its type for every setting
   * @throws IllegalArgumentException if they do not; the message says what, expected, actual
   */
  Recipe(Map<Setting, Object> values) {
    this.values = new EnumMap<>(values);
    filter();
    placeholders();
    model();
    training();
    search();
  }

  /**
   * Reads a recipe.
   *
   * @param file YAML in UTF-8
   * @throws RecipeException if it is not a complete and right recipe
   * @throws IOException if it cannot be read
   */
  public static Recipe read(Path file) throws IOException {
    return RecipeDraft.read(file).finish();
  }

  /** Name of the model, such as {@code en-fr}. */
  public String name() {
    return text(Setting.NAME);
  }

  /** Version of the model, such as {@code 1.0.0}. */
  public String version() {
    return text(Setting.VERSION);
  }

  /** BCP 47 tag of the language that the model reads. */
  public String sourceLanguage() {
    return text(Setting.SOURCE);
  }

  /** BCP 47 tag of the language that the model writes. */
  public String targetLanguage() {
    return text(Setting.TARGET);
  }

  /** Licence of the model; says so where the model is not to be given away. */
  public String license() {
    return text(Setting.LICENSE) + (isRedistributable() ? "" : " (not for redistribution)");
  }

  /** Whether the terms of the data let the model be given away. */
  public boolean isRedistributable() {
    return truth(Setting.REDISTRIBUTABLE);
  }

  /** Markdown for the end of the model card, may be empty. */
  public String notes() {
    return text(Setting.NOTES);
  }

  /** The pairs to learn from: one tab-separated file, or source and target. */
  public List<String> train() {
    return texts(Setting.TRAIN);
  }

  /** The pairs to validate with: one tab-separated file, or source and target. */
  public List<String> dev() {
    return texts(Setting.DEV);
  }

  /** What is left out of the pairs to learn from, in words. */
  public CorpusFilter.Settings filter() {
    return new CorpusFilter.Settings(
        whole(Setting.MAX_WORDS), number(Setting.MAX_RATIO), truth(Setting.DROP_DUPLICATES));
  }

  /** Most tokens of a sentence, end token included, at least 1; longer pairs are left out. */
  public int maxTokens() {
    return whole(Setting.MAX_TOKENS);
  }

  /** The normal form into which the tokenizer brings text. */
  public Normalization normalization() {
    return choice(Setting.NORMALIZATION, Normalization.class);
  }

  /** How the model learns to keep protected spans in their places. */
  public PlaceholderCopies.Settings placeholders() {
    return new PlaceholderCopies.Settings(
        whole(Setting.PLACEHOLDERS), number(Setting.PLACEHOLDER_SHARE));
  }

  /**
   * Layers and sizes of the model; the vocabulary is what is asked for, a small corpus gives less.
   */
  public ModelConfig model() {
    return new ModelConfig(
        choice(Setting.CELL, CellType.class),
        whole(Setting.VOCABULARY),
        whole(Setting.EMBEDDING),
        choice(Setting.TYING, Tying.class),
        new ModelConfig.Encoder(
            whole(Setting.ENCODER_SIZE),
            whole(Setting.ENCODER_LAYERS),
            truth(Setting.BIDIRECTIONAL)),
        new ModelConfig.Decoder(whole(Setting.DECODER_SIZE), whole(Setting.DECODER_LAYERS)),
        choice(Setting.CONTEXT, ContextType.class),
        whole(Setting.ATTENTION));
  }

  /**
   * Models that are trained, each by {@link #member}, and decide together; 1 to {@value
   * #MAX_MEMBERS}.
   */
  public int members() {
    return whole(Setting.MEMBERS);
  }

  /**
   * The recipe of one of the {@link #members}.
   *
   * @param index 0 to members - 1; the first has this recipe's seed, each other one the next
   */
  public Recipe member(int index) {
    Map<Setting, Object> changed = new EnumMap<>(values);
    changed.put(Setting.SEED, training().seed() + index);
    changed.put(Setting.MEMBERS, 1);
    return new Recipe(changed);
  }

  /** How to train. */
  public TrainingConfig training() {
    return new TrainingConfig(
        (Long) values.get(Setting.SEED),
        whole(Setting.EPOCHS),
        whole(Setting.BATCH_TOKENS),
        number(Setting.LEARNING_RATE),
        whole(Setting.WARMUP),
        choice(Setting.DECAY, Decay.class),
        whole(Setting.DECAY_PATIENCE),
        new Dropout(
            number(Setting.EMBEDDING_DROPOUT),
            number(Setting.CONTEXT_DROPOUT),
            number(Setting.OUTPUT_DROPOUT)),
        number(Setting.BPE_DROPOUT),
        number(Setting.LABEL_SMOOTHING),
        number(Setting.CLIP_NORM),
        number(Setting.WEIGHT_DECAY),
        number(Setting.AVERAGING),
        whole(Setting.VALIDATE_EVERY),
        whole(Setting.PATIENCE),
        whole(Setting.THREADS),
        choice(Setting.PRECISION, Precision.class),
        choice(Setting.DEVICE, Device.class));
  }

  /** How validations search, and, pruned as {@link #serving} says, users of the bundle. */
  public SearchOptions search() {
    return new SearchOptions(
        whole(Setting.BEAM),
        1,
        (float) number(Setting.LENGTH_PENALTY),
        (float) number(Setting.MAX_LENGTH_FACTOR),
        whole(Setting.MAX_LENGTH_OFFSET));
  }

  /** How the bundle serves the model. */
  public Serving serving() {
    return new Serving(
        choice(Setting.SERVING_PRECISION, GraphPrecision.class),
        choice(Setting.SERVING_TARGET, GraphTarget.class),
        (float) number(Setting.PRUNING),
        whole(Setting.SHORTLIST_FREQUENT),
        whole(Setting.SHORTLIST_TRANSLATIONS));
  }

  /** The recipe as the text of a file that {@link #read} reads as an equal one. */
  public String toYaml() {
    return RecipeWriter.write(values);
  }

  private String text(Setting setting) {
    return (String) values.get(setting);
  }

  private List<String> texts(Setting setting) {
    return SettingType.texts(values.get(setting));
  }

  private int whole(Setting setting) {
    return (Integer) values.get(setting);
  }

  private double number(Setting setting) {
    return (Double) values.get(setting);
  }

  private boolean truth(Setting setting) {
    return (Boolean) values.get(setting);
  }

  private <E extends Enum<E>> E choice(Setting setting, Class<E> names) {
    return names.cast(values.get(setting));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipe recipe && recipe.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Name and version of the model. */
  @Override
  public String toString() {
    return name() + " " + version();
  }
}
