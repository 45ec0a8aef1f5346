/**
 * Search for hyperparameters: what is searched ({@link org.bellmanrl.tune.SearchSpace}), how the
 * next point is chosen ({@link org.bellmanrl.tune.Sampler}), which trials end early ({@link
 * org.bellmanrl.tune.Pruner}), and which parameters mattered ({@link
 * org.bellmanrl.tune.Importance}).
 *
 * <p>{@code ./rl tune} searches in a folder, in parallel and from several seeds. A program that
 * evaluates its points itself keeps the list of trials:
 *
 * {@snippet :
 * SearchSpace space =
 *     SearchSpace.of(
 *         Document.parse(
 *             "the space",
 *             "parameters: {step_size: 'log:1e-3:1', gamma: 'complement:0.9:0.9999'}"));
 * Sampler sampler = Sampler.of("tpe", space, i -> RandomStream.ofSeed(seed, 1, i));
 * List<Trial> trials = new ArrayList<>();
 * for (int i = 0; i < 50; i++) {
 *   double[] point = sampler.suggest(i, trials, List.of(), RandomStream.ofSeed(seed, 0, i));
 *   var values = space.values(point);
 *   double meanReturn = trainAndEvaluate(space.options(values));
 *   trials.add(
 *       Trial.begin(i, values).with(meanReturn).ended(Trial.State.COMPLETE, "", 0));
 * }
 * Trial best = Collections.max(trials, Comparator.comparingDouble(Trial::result));
 * }
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tune;

import org.jspecify.annotations.NullMarked;
