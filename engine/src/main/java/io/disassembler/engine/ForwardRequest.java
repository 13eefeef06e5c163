package io.disassembler.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * What a forward run should leave behind.
 *
 * @param keep values to keep besides the outputs
 * @param differentiable values (among those kept) that gradients will be asked for
 * @param transform applied to every value as soon as it is made, by name
 */
public record ForwardRequest(
    Set<String> keep, Set<String> differentiable, BiFunction<String, Tensor, Tensor> transform) {

  public ForwardRequest {
    keep = Set.copyOf(keep);
    differentiable = Set.copyOf(differentiable);
  }

  /** Only the outputs. */
  public static ForwardRequest outputs() {
    return new ForwardRequest(Set.of(), Set.of(), (name, tensor) -> tensor);
  }

  /** The outputs and {@code values}. */
  public static ForwardRequest keeping(Set<String> values) {
    return new ForwardRequest(values, Set.of(), (name, tensor) -> tensor);
  }

  /** The outputs and {@code values}, ready for gradients. */
  public static ForwardRequest differentiating(Set<String> values) {
    return new ForwardRequest(values, values, (name, tensor) -> tensor);
  }

  /** The same with more values kept, without gradients. */
  public ForwardRequest keepingAlso(Set<String> values) {
    Set<String> all = new HashSet<>(keep);
    all.addAll(values);
    return new ForwardRequest(all, differentiable, transform);
  }

  /** The same with every value replaced by what {@code other} makes of it. */
  public ForwardRequest transforming(BiFunction<String, Tensor, Tensor> other) {
    return new ForwardRequest(keep, differentiable, other);
  }
}
