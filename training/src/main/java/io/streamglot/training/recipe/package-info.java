/**
 * Recipes: everything that decides the parameters of a model, in one readable file.
 *
 * <pre>
 * file or defaults -> RecipeDraft <- flags
 *                         |
 *                       Recipe -> what corpus, tokenizer, model, train and search are told
 *                         |
 *                     recipe.yaml in the bundle, which trains the model again
 * </pre>
 *
 * <p>{@link io.streamglot.training.recipe.Setting} is the one list of what there is: its key in the
 * file, its flag, its values. A new setting is a line there, one where {@link
 * io.streamglot.training.recipe.Recipe} hands it on, and one in each recipe; recipes of bundles
 * that are out in the world get the value of what training did before, which is told with the
 * setting.
 *
 * <p>Traps:
 *
 * <ul>
 *   <li>A recipe has no defaults: what it leaves out is an error. A default that changed would
 *       otherwise change old recipes. So what stands for a setting in recipes older than itself
 *       never changes. The defaults of the flags are a recipe, too, {@code default.yaml}.
 *   <li>YAML guesses types: {@code 1.10} is a number, {@code no} (Norwegian) is false. Only the
 *       text of a value is taken from the file here, and the setting says what it means.
 * </ul>
 */
package io.streamglot.training.recipe;
