package io.disassembler.principal;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.FeatureMap;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.selection.ErrorWeights;
import io.disassembler.selection.ReaderGram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Writes a network in other channels: one that computes the same, to rounding, and whose
 * {@linkplain LinearStream linear streams} have their channels along principal axes. Layers whose
 * outputs few axes carry become {@linkplain LayerPairs pairs} with such a stream between them.
 */
public final class PrincipalChannels {
  /** The axes of more channels take longer to find than they are worth. */
  static final int MOST = 1024;

  private final Anatomy full;
  private final Profile profile;

  /** What an error of each kernel counts, by the layer's output. */
  private final Map<String, double[]> factors = new HashMap<>();

  private PrincipalChannels(Basis own, ErrorWeights weights) {
    full = own.anatomy();
    profile = own.profile();
    for (int step = 0; step < full.steps(); step++) {
      String output = full.node(step).outputs().get(0);
      weights
          .of(step)
          .filter(found -> Arrays.stream(found).allMatch(Double::isFinite))
          .ifPresent(found -> factors.put(output, found));
    }
  }

  /**
   * The network in principal channels; empty if it has none.
   *
   * @param own the network in its own channels, at full resolution
   * @param images inputs of the network in batches; at least one
   * @param weights how much errors of its layers count
   */
  public static Optional<Basis> of(
      Basis own, List<Map<String, Weight>> images, ErrorWeights weights) {
    return own.anatomy().network().boundary().quantized().isEmpty()
        ? new PrincipalChannels(own, weights).basis(images)
        : Optional.empty();
  }

  /** Whether a layer of a network in principal channels, by its output, is the first of a pair. */
  public static boolean isBetween(String output) {
    return LayerPairs.isBetween(output);
  }

  private Optional<Basis> basis(List<Map<String, Weight>> images) {
    Map<String, Integer> candidates = LayerPairs.candidates(full);
    candidates.keySet().retainAll(factors.keySet());
    Map<String, Moments> moments = new HashMap<>();
    LayerPairs pairs =
        NativeScope.in(
            () -> {
              Map<String, Tensor> grams = new HashMap<>();
              candidates.keySet().forEach(output -> grams.put(output, ofKernels(output)));
              Map<String, Moments> outputs = OutputMoments.of(full, candidates.keySet(), images);
              candidates
                  .keySet()
                  .removeIf(output -> !haveAxes(Objects.requireNonNull(outputs.get(output))));
              LayerPairs found = LayerPairs.of(full, candidates, outputs, grams);
              found.between().forEach((value, output) -> moments.put(value, outputs.get(output)));
              return found;
            });
    profile.featureMaps().forEach(map -> moments.put(map, profile.moments(map)));
    return turned(paired(pairs.network()), pairs, moments);
  }

  private Anatomy paired(Network network) {
    Map<String, Shape> inputs = new HashMap<>();
    for (Value input : full.network().inputs()) {
      inputs.put(input.name(), full.probe().shape(input.name()));
    }
    return Anatomy.of(network, inputs, full.threads());
  }

  private Optional<Basis> turned(Anatomy anatomy, LayerPairs pairs, Map<String, Moments> moments) {
    Map<String, Weight> weights = new LinkedHashMap<>(anatomy.network().weights());
    Map<FeatureMap, Moments> known = new LinkedHashMap<>();
    for (LinearStream stream : LinearStream.of(anatomy)) {
      Map<String, Moments> read = new LinkedHashMap<>();
      for (String value : stream.values()) {
        Moments found = moments.get(value);
        if (found != null) {
          read.put(value, found);
        }
      }
      if (!read.isEmpty() && read.values().stream().allMatch(PrincipalChannels::haveAxes)) {
        NativeScope.run(
            () -> {
              PrincipalAxes axes =
                  PrincipalAxes.of(
                      List.copyOf(read.values()), gram(anatomy, stream, pairs), stream.blocks());
              stream.writers().forEach(step -> write(anatomy, step, axes, weights));
              stream.readers().forEach(step -> read(anatomy, step, axes, weights));
              read.forEach(
                  (value, found) -> {
                    int axis = anatomy.groups().channels(value).orElseThrow().axis();
                    known.put(
                        new FeatureMap(value, axis, found.channels(), true), axes.turned(found));
                  });
            });
      }
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Network network = anatomy.network().toBuilder().weights(weights.values()).build();
    return Optional.of(new Basis(anatomy.withNetwork(network), profile.with(known), true, 1));
  }

  private static boolean haveAxes(Moments moments) {
    return moments.channels() <= MOST && moments.notFinite().isEmpty();
  }

  /** What all layers that read a stream make of errors in it. */
  private Tensor gram(Anatomy anatomy, LinearStream stream, LayerPairs pairs) {
    long channels = anatomy.groups().channels(stream.values().get(0)).orElseThrow().groups().length;
    Tensor gram = torch.zeros(channels, channels).to(ScalarType.Double);
    for (int step : stream.readers()) {
      String output = anatomy.node(step).outputs().get(0);
      double[] found = factors.get(pairs.between().getOrDefault(output, output));
      if (found != null) {
        gram = gram.add(ReaderGram.of(anatomy, step, found));
      }
    }
    return gram;
  }

  /** What errors of a layer's output count where nothing mixes its channels. */
  private Tensor ofKernels(String output) {
    return torch.diag(Tensor.create(factors.get(output)).square());
  }

  private static void write(
      Anatomy anatomy, int step, PrincipalAxes axes, Map<String, Weight> weights) {
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    String weight = anatomy.node(step).input(kernels.weight());
    put(weight, mixed(tensor(weight, weights), kernels.outAxis(), axes.into().t()), weights);
    if (kernels.bias().isPresent()) {
      String bias = anatomy.node(step).input(kernels.bias().getAsInt());
      if (!bias.isEmpty()) {
        put(bias, mixed(tensor(bias, weights), -1, axes.into().t()), weights);
      }
    }
  }

  private static void read(
      Anatomy anatomy, int step, PrincipalAxes axes, Map<String, Weight> weights) {
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    String name = anatomy.node(step).input(kernels.weight());
    Tensor weight = tensor(name, weights);
    long rows = weight.size(kernels.outAxis()) / kernels.group();
    long size = weight.size(kernels.inAxis());
    TensorVector blocks = new TensorVector();
    for (int block = 0; block < kernels.group(); block++) {
      Tensor back = axes.back().narrow(0, block * size, size).narrow(1, block * size, size);
      blocks.push_back(
          mixed(weight.narrow(kernels.outAxis(), block * rows, rows), kernels.inAxis(), back));
    }
    put(name, torch.cat(blocks, kernels.outAxis()), weights);
  }

  /** A weight multiplied with {@code matrix} along {@code axis}. */
  private static Tensor mixed(Tensor weight, int axis, Tensor matrix) {
    return weight.movedim(axis, -1).matmul(matrix).movedim(-1, axis);
  }

  private static Tensor tensor(String name, Map<String, Weight> weights) {
    return TensorData.of(Objects.requireNonNull(weights.get(name))).to(ScalarType.Double);
  }

  private static void put(String name, Tensor tensor, Map<String, Weight> weights) {
    weights.put(name, TensorData.toWeight(name, tensor.to(ScalarType.Float).contiguous()));
  }
}
