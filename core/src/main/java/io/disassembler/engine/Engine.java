package io.disassembler.engine;

import io.disassembler.InvalidInputException;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network on libtorch. Holds the network's weights as native tensors until closed; weights
 * never ask for gradients. One engine may be used by one thread at a time.
 */
public final class Engine implements AutoCloseable {
  static {
    // OpenBLAS has threads of its own beside libtorch's. Both spin while they wait, and where they
    // are more than the cores, small products take a hundred times as long.
    openblas_nolapack.blas_set_num_threads(1);
  }

  private final Program program;
  private final Device device;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  private Engine(Program program, String deviceName) {
    this.program = program;
    try (PointerScope scope = new PointerScope()) {
      device = device(deviceName).retainReference();
      for (Weight weight : program.network().weights().values()) {
        weights.put(weight.name(), place(TensorData.of(weight)).retainReference());
      }
    }
    for (int i = 0; i < program.steps().size(); i++) {
      for (String input : program.steps().get(i).node().inputs()) {
        lastUse.put(input, i);
      }
    }
  }

  /** An engine on the CPU. */
  public static Engine of(Program program) {
    return new Engine(program, "cpu");
  }

  /**
   * An engine on {@code device}, as libtorch spells it: {@code cpu}, {@code cuda}, {@code cuda:1}.
   *
   * @throws InvalidInputException if this build of libtorch has no such device
   */
  public static Engine of(Program program, String device) {
    return new Engine(program, device);
  }

  /** Sets the number of threads that libtorch computes with, for the whole process. */
  public static void setThreads(int threads) {
    torch.set_num_threads(threads);
  }

  public Program program() {
    return program;
  }

  /**
   * Runs the network once.
   *
   * @param inputs a tensor for every graph input, by name; images are NCHW
   * @param use sees the outputs and what {@code request} keeps; every native object made until it
   *     returns is freed, so the result must hold none
   */
  public <T> T run(Map<String, Weight> inputs, ForwardRequest request, Function<Forward, T> use) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> values = new HashMap<>();
      for (Value input : program.network().inputs()) {
        Weight given = inputs.get(input.name());
        if (given == null) {
          throw new IllegalArgumentException("no tensor for graph input '" + input.name() + "'");
        }
        keep(values, input.name(), place(TensorData.of(given)), request);
      }
      Set<String> kept = new HashSet<>(request.keep());
      program.network().outputs().forEach(output -> kept.add(output.name()));
      for (int i = 0; i < program.steps().size(); i++) {
        step(i, values, request, kept, scope);
      }
      for (String name : kept) {
        Tensor weight = weights.get(name);
        if (weight != null) {
          values.putIfAbsent(name, weight);
        }
      }
      return use.apply(new Forward(values));
    }
  }

  /** Runs the network on tensors of ones of the given shapes and notes what every value is. */
  public Probe probe(Map<String, Shape> inputs) {
    Map<String, Weight> images = new HashMap<>();
    for (Value input : program.network().inputs()) {
      Shape shape = inputs.get(input.name());
      if (shape == null) {
        throw new IllegalArgumentException("no shape for graph input '" + input.name() + "'");
      }
      images.put(
          input.name(),
          NativeScope.in(
              () ->
                  TensorData.toWeight(
                      input.name(),
                      torch.ones(shape.dimensions()).to(TensorData.scalarType(input.type())))));
    }
    Map<String, Shape> shapes = new HashMap<>();
    Map<String, ElementType> types = new HashMap<>();
    Map<String, long[]> integers = new HashMap<>();
    weights.forEach((name, tensor) -> note(name, tensor, shapes, types, integers));
    run(
        images,
        ForwardRequest.outputs()
            .transforming(
                (name, tensor) -> {
                  note(name, tensor, shapes, types, integers);
                  return tensor;
                }),
        forward -> true);
    return new Probe(shapes, types, integers);
  }

  private void step(
      int index,
      Map<String, Tensor> values,
      ForwardRequest request,
      Set<String> kept,
      PointerScope scope) {
    Node node = program.steps().get(index).node();
    List<@Nullable Tensor> operands = new ArrayList<>();
    for (String input : node.inputs()) {
      operands.add(input.isEmpty() ? null : operand(values, input));
    }
    List<Tensor> made = new ArrayList<>();
    try (PointerScope temporary = new PointerScope()) {
      List<Tensor> results = execute(index, new Inputs(operands, node.outputs().size()));
      for (int i = 0; i < node.outputs().size(); i++) {
        if (node.outputs().get(i).isEmpty()) {
          continue;
        }
        Tensor result =
            new Tensor(request.transform().apply(node.outputs().get(i), results.get(i)));
        scope.attach(result);
        made.add(result);
      }
    }
    int next = 0;
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        track(values, output, made.get(next++), request);
      }
    }
    free(index, node, values, kept);
  }

  private List<Tensor> execute(int index, Inputs inputs) {
    Program.Step step = program.steps().get(index);
    try {
      return step.operator().run(inputs);
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InvalidInputException(
          "%s: node '%s' (%s) cannot run on inputs of shape %s: %s"
              .formatted(
                  program.network().name(),
                  step.node().label(),
                  step.node().operator(),
                  inputs.present().stream().map(TensorData::shape).toList(),
                  reason),
          e);
    }
  }

  private Tensor operand(Map<String, Tensor> values, String name) {
    Tensor value = values.get(name);
    Tensor tensor = value != null ? value : weights.get(name);
    if (tensor == null) {
      throw new IllegalStateException("value '" + name + "' is gone");
    }
    return tensor;
  }

  private void free(int index, Node node, Map<String, Tensor> values, Set<String> kept) {
    for (String name : Set.copyOf(node.inputs())) {
      if (lastUse.getOrDefault(name, -1) == index && !kept.contains(name)) {
        release(values, name);
      }
    }
    for (String name : node.outputs()) {
      if (!lastUse.containsKey(name) && !kept.contains(name)) {
        release(values, name);
      }
    }
  }

  private static void release(Map<String, Tensor> values, String name) {
    Tensor tensor = values.remove(name);
    if (tensor != null) {
      tensor.releaseReference();
    }
  }

  private static void keep(
      Map<String, Tensor> values, String name, Tensor tensor, ForwardRequest request) {
    track(values, name, request.transform().apply(name, tensor), request);
  }

  /** Gradients start at the first value that they are asked for: nothing before it is recorded. */
  private static void track(
      Map<String, Tensor> values, String name, Tensor tensor, ForwardRequest request) {
    if (request.differentiable().contains(name) && !tensor.requires_grad()) {
      tensor.set_requires_grad(true);
    }
    values.put(name, tensor);
  }

  private static void note(
      String name,
      Tensor tensor,
      Map<String, Shape> shapes,
      Map<String, ElementType> types,
      Map<String, long[]> integers) {
    ElementType type = TensorData.type(tensor);
    shapes.put(name, TensorData.shape(tensor));
    types.put(name, type);
    if (!type.isFloating() && tensor.numel() <= Probe.SMALL) {
      integers.put(name, TensorData.longs(tensor));
    }
  }

  /** Integers steer and stay on the CPU; what is computed with goes to the device. */
  private Tensor place(Tensor tensor) {
    if (device.is_cpu() || !TensorData.type(tensor).isFloating()) {
      return tensor;
    }
    return tensor.to(device, tensor.scalar_type(), false, false, new MemoryFormatOptional());
  }

  private static Device device(String name) {
    Device device;
    try {
      device = new Device(name);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "--device '" + name + "': expected cpu, cuda or cuda:INDEX", e);
    }
    if (device.is_cuda() && !torch.cuda_is_available()) {
      throw new InvalidInputException(
          "--device " + name + ": this build has no CUDA device; use cpu, or build with -Pcuda");
    }
    return device;
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::releaseReference);
    device.releaseReference();
  }
}
