package io.disassembler.engine;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.base.Setting;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.libtorch.Libtorch;
import io.disassembler.libtorch.LibtorchErrors;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network on libtorch. Holds the network's weights as native tensors until closed; they ask
 * for gradients only in an engine that was made for {@link #training}. Several threads may run it
 * at once, as long as none changes a weight meanwhile. Each computes with the engine's number of
 * threads, also what it computes outside of engines afterwards.
 */
public final class Engine implements AutoCloseable {
  /** Axes of the kernels of a convolution over two spatial axes. */
  private static final int KERNELS = 4;

  private final Program program;
  private final Device device;
  private final int threads;
  private final boolean channelsLast;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  private Engine(Program program, EngineSettings settings) {
    Libtorch.prepare();
    this.program = program;
    threads = settings.threads();
    channelsLast = settings.channelsLast();
    Libtorch.useThreads(threads);
    device = NativeScope.in(() -> device(settings.device()).retainReference());
    NativeScope.run(
        () ->
            program
                .network()
                .weights()
                .forEach(
                    (name, weight) ->
                        weights.put(name, placeWeight(TensorData.of(weight)).retainReference())));
    noteLastUses();
  }

  private Engine(Program program, Engine owner, Set<String> learned) {
    this.program = program;
    threads = owner.threads;
    channelsLast = owner.channelsLast;
    try (PointerScope scope = new PointerScope()) {
      device = new Device(owner.device).retainReference();
      for (String name : program.network().weights().keySet()) {
        Tensor alias = owner.nativeWeight(name).detach().retainReference();
        if (learned.contains(name)) {
          alias.set_requires_grad(true);
        }
        weights.put(name, alias);
      }
    }
    noteLastUses();
  }

  private void noteLastUses() {
    for (int i = 0; i < program.steps().size(); i++) {
      for (String input : program.steps().get(i).node().inputs()) {
        lastUse.put(input, i);
      }
    }
  }

  /** An engine with {@link EngineSettings#DEFAULT}. */
  public static Engine of(Program program) {
    return of(program, EngineSettings.DEFAULT);
  }

  /**
   * An engine for {@code program}.
   *
   * @throws InvalidInputException if this build of libtorch has no such device
   * @throws NotEnoughMemoryException if the weights do not fit
   * @throws io.disassembler.base.MissingLibraryException if there is no libtorch for this platform
   */
  public static Engine of(Program program, EngineSettings settings) {
    return new Engine(program, settings);
  }

  /**
   * An engine for {@code other} on the same native weights: what changes in one changes in both.
   * Each must be closed.
   *
   * @param other a program whose weights this engine has, by name
   * @param learned the weights that ask for gradients in the new engine
   */
  public Engine training(Program other, Set<String> learned) {
    return new Engine(other, this, learned);
  }

  /** The native weight {@code name}, valid until this engine is closed. */
  public Tensor nativeWeight(String name) {
    Tensor tensor = weights.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no weight '" + name + "'");
    }
    return tensor;
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
   * @throws InvalidInputException if a node cannot run on what it gets
   * @throws NotEnoughMemoryException if there is not enough memory for the values
   */
  public <T> T run(Map<String, Weight> inputs, ForwardRequest request, Function<Forward, T> use) {
    useThreads();
    return NativeScope.in(
        () -> {
          Walk walk = new Walk(this, inputs, request, NativeScope.innermost());
          walk.to(program.steps().size());
          return use.apply(walk.forward());
        });
  }

  /**
   * Begins a run that goes on step by step, inside the innermost open {@link NativeScope}, at whose
   * end its values are freed.
   *
   * @param inputs a tensor for every graph input, by name; images are NCHW
   */
  public Walk walk(Map<String, Weight> inputs) {
    return new Walk(this, inputs, ForwardRequest.outputs(), NativeScope.innermost());
  }

  /** Computes with {@code weight} from now on, in place of the weight of the same name. */
  public void replace(Weight weight) {
    try (PointerScope scope = new PointerScope()) {
      Tensor old = weights.put(weight.name(), placeWeight(TensorData.of(weight)).retainReference());
      if (old == null) {
        throw new IllegalArgumentException("no weight '" + weight.name() + "'");
      }
      old.releaseReference();
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
    program.network().outputs().forEach(output -> requireRank(output, shapes));
    program.network().annotations().values().forEach(value -> requireRank(value, shapes));
    return new Probe(shapes, types, integers);
  }

  /** What a file says of a value must be so: what reads it goes by the declared axes. */
  private void requireRank(Value declared, Map<String, Shape> shapes) {
    Shape shape = shapes.get(declared.name());
    int axes = declared.dimensions().map(List::size).orElse(0);
    if (shape != null && axes > 0 && axes != shape.rank()) {
      throw new InvalidInputException(
          "%s: value '%s' is declared as %s, but computed as %s; export the network again"
              .formatted(
                  program.network().name(),
                  declared.name(),
                  declared.dimensions().orElse(List.of()),
                  shape));
    }
  }

  /** The operators' results for node {@code step}. */
  List<Tensor> execute(int step, Inputs inputs) {
    Program.Step current = program.steps().get(step);
    try {
      List<Tensor> results = current.operator().run(inputs);
      if (results.size() < current.node().outputs().size()) {
        throw new CannotRunException("it has no more than %d outputs".formatted(results.size()));
      }
      return results;
    } catch (CannotRunException e) {
      throw cannotRun(current.node(), inputs, e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw cannotRun(current.node(), inputs, "a number is too large (" + e.getMessage() + ")", e);
    } catch (OutOfMemoryError e) {
      throw NativeScope.notEnoughMemory(where(current.node(), inputs) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      Optional<String> missing = LibtorchErrors.memory(e);
      if (missing.isPresent()) {
        throw NativeScope.notEnoughMemory(where(current.node(), inputs) + ": " + missing.get(), e);
      }
      Optional<String> refusal = LibtorchErrors.refusal(e);
      throw refusal.isPresent() ? cannotRun(current.node(), inputs, refusal.get(), e) : e;
    }
  }

  private InvalidInputException cannotRun(
      Node node, Inputs inputs, @Nullable String reason, RuntimeException cause) {
    return new InvalidInputException(
        "%s cannot run on inputs of shape %s: %s".formatted(name(node), shapes(inputs), reason),
        cause);
  }

  private String where(Node node, Inputs inputs) {
    return "%s, inputs of shape %s".formatted(name(node), shapes(inputs));
  }

  private String name(Node node) {
    return "%s: node '%s' (%s)".formatted(program.network().name(), node.label(), node.operator());
  }

  private static List<Shape> shapes(Inputs inputs) {
    return inputs.present().stream().map(TensorData::shape).toList();
  }

  @Nullable Tensor weight(String name) {
    return weights.get(name);
  }

  /** Lets the calling thread compute with this engine's number of threads. */
  void useThreads() {
    Libtorch.useThreads(threads);
  }

  /** True if no step after {@code step} reads {@code value}. */
  boolean isDoneWith(String value, int step) {
    return lastUse.getOrDefault(value, -1) <= step;
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
  Tensor place(Tensor tensor) {
    if (device.is_cpu() || !TensorData.type(tensor).isFloating()) {
      return tensor;
    }
    return tensor.to(device, tensor.scalar_type(), false, false, new MemoryFormatOptional());
  }

  /** Convolutions work in the order that their kernels are in. */
  private Tensor placeWeight(Tensor tensor) {
    Tensor placed = place(tensor);
    return channelsLast && device.is_cpu() && placed.dim() == KERNELS
        ? placed.contiguous(MemoryFormat.ChannelsLast)
        : placed;
  }

  private static Device device(String name) {
    Device device;
    try {
      device = new Device(name);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "device '" + name + "': expected cpu, cuda or cuda:INDEX", e, Setting.DEVICE);
    }
    if (device.is_cuda() && !torch.cuda_is_available()) {
      throw new InvalidInputException(
          "device '%s': expected one that this build of libtorch can use, found no CUDA device; use cpu, or libtorch's libraries for CUDA on a machine that has one"
              .formatted(name),
          Setting.DEVICE);
    }
    return device;
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::releaseReference);
    device.releaseReference();
  }
}
